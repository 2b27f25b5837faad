import { valueError } from "../input-error.js";

/**
 * Reads how many times something may grow: `4x` or `2.5x`, from 1.
 *
 * @throws InputError `OPTION_INVALID`
 */
export function parseFactor(text: string, name: string): number {
  const factor = Number(/^(\d{1,9}(?:\.\d+)?)x$/.exec(text)?.[1]);
  if (!(factor >= 1)) throw valueError(name, "a factor from 1x, such as 4x or 2.5x", text);
  return factor;
}
