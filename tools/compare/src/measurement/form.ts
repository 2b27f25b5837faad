import type { Received } from "../load/received.js";
import { wordsPerId } from "../load/received.js";

/** What IDs look like, as they were received. */
export interface Form {
  readonly isNumeric: boolean;
  /** What a column for them has. */
  readonly storedBits: number;
  /** What the largest needs. */
  readonly usedBits: number;
  readonly fitsBigint: boolean;
}

const HALF = 64;
/** PostgreSQL's BIGINT is signed. */
const BIGINT_BITS = 63;

export function formOf(all: readonly Received[]): Form {
  const form = all.some(({ ids }) => ids.form === "uuid") ? "uuid" : "number";
  const words = wordsPerId(form);
  let largest = 0n;
  for (const { ids } of all) {
    for (let i = 0; i < ids.words.length; i += words) if (ids.words[i]! > largest) largest = ids.words[i]!;
  }
  // A UUID's low word is never what makes it large: the version stands in the high one.
  const usedBits = largest.toString(2).length + (words - 1) * HALF;
  return { isNumeric: form === "number", storedBits: words * HALF, usedBits, fitsBigint: usedBits <= BIGINT_BITS };
}
