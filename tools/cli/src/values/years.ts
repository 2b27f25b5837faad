import { valueError } from "../input-error.js";

/**
 * Reads a number of years above 0: `70`, `70y` or `69.5`.
 *
 * @throws InputError `OPTION_INVALID`
 */
export function parseYears(text: string, name: string): number {
  const years = Number(/^(\d{1,9}(?:\.\d+)?)y?$/.exec(text)?.[1]);
  if (!(years > 0)) throw valueError(name, "a number of years above 0, such as 70 or 69.5", text);
  return years;
}
