import { ShardflakeError } from "@shardflake/core";
import { expect } from "vitest";

/** Whatever is given in the place of a number that must be an integer from 0. */
export const NO_COUNTS: readonly (readonly [string, unknown])[] = [
  ["NaN", Number.NaN],
  ["a negative number", -1],
  ["2^53", 2 ** 53],
  ["1e400", Number("1e400")],
  ["text", "5"],
  ["a fraction", 1.5],
  ["null", null],
  ["a bigint", 5n],
];

/** What a call ended with; one that hangs is no refusal. */
export async function outcomeOf(call: () => unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("nothing for 4 s")), 4000);
  });
  try {
    await Promise.race([(async () => call())(), late]);
    return "accepted";
  } catch (error) {
    return error;
  } finally {
    clearTimeout(timer);
  }
}

/** A refusal has a class and a code of its own, and says what was expected and what was got. */
export function expectRefusal(outcome: unknown, code: string): void {
  expect(outcome).toBeInstanceOf(ShardflakeError);
  const { message, code: found } = outcome as ShardflakeError;
  expect(`${found}: ${message}`).toMatch(new RegExp(`^${code}: Expected .*\\b(got|but)\\b`, "s"));
}
