import { SubjectError } from "./subject-error.js";

/** Texts as numbers that are equal, smaller or larger exactly where the texts are, by character codes. */
export interface DenseRanks {
  rankOf(text: string): number;
  /** The text of a rank, which must be one. */
  textOf(rank: number): string;
}

/** A Set of V8 holds no more. */
const MOST_TEXTS = 2 ** 24;

/**
 * Ranks the texts; ranks begin at 1 and have no gaps.
 *
 * @throws SubjectError `SUBJECT_TEXTS_MANY` when more than `most` of them are different
 */
export function denseRanks(texts: Iterable<string>, most: number = MOST_TEXTS): DenseRanks {
  const sorted = [...distinct(texts, most)].sort(byCharacterCodes);
  const ranks = new Map(sorted.map((text, at) => [text, at + 1]));
  return {
    rankOf: (text) => ranks.get(text)!,
    textOf: (rank) => sorted[rank - 1]!,
  };
}

function byCharacterCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function distinct(texts: Iterable<string>, most: number): Set<string> {
  const found = new Set<string>();
  for (const text of texts) {
    if (found.size === most && !found.has(text)) {
      throw new SubjectError(
        "SUBJECT_TEXTS_MANY",
        `Expected at most ${most} IDs that are texts, got more. Shorten the scenario, or let it ask for fewer.`,
      );
    }
    found.add(text);
  }
  return found;
}
