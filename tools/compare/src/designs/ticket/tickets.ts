/** What a ticket server answers: numbers at equal distances. They are text, because JSON numbers are not exact. */
export interface Tickets {
  readonly first: string;
  readonly step: string;
  readonly count: number;
  /** What it asked of its database for them. */
  readonly queries: number;
}
