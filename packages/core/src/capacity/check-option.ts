import { describeValue, ShardflakeError } from "../errors.js";

/** @throws ShardflakeError `OPTION_INVALID`, with what was expected, unless the value is right */
export function checkOption(name: string, value: unknown, isRight: boolean, expected: string): void {
  if (isRight) return;
  throw new ShardflakeError("OPTION_INVALID", `Expected \`${name}\` to be ${expected}, got ${describeValue(value)}.`);
}

/** A finite number above 0. */
export function isPositive(value: unknown): boolean {
  return typeof value === "number" && value > 0 && value < Number.POSITIVE_INFINITY;
}

/** A finite number, 0 or more. */
export function isAtLeastZero(value: unknown): boolean {
  return value === 0 || isPositive(value);
}
