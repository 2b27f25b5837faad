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

/** A call with the bad input in it, and the code of its refusal. */
export type Row = readonly [name: string, code: string, call: () => unknown];

/** Every number of an object, replaced by each of the values that are none. */
export const numbers = (
  door: string,
  names: readonly string[],
  code: string | ((name: string) => string),
  call: (options: object) => unknown,
  accepted: readonly string[] = [],
): Row[] =>
  names.flatMap((name) =>
    NO_COUNTS.filter(([value]) => !accepted.includes(`${name} ${value}`)).map(
      ([value, bad]): Row => [
        `${door} ${name}: ${value}`,
        typeof code === "string" ? code : code(name),
        () => call({ [name]: bad }),
      ],
    ),
  );
