/** The mean year of the Gregorian calendar, 365.2425 days. */
export const YEAR_MS: number = 365.2425 * 86_400_000;
