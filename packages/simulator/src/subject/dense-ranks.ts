/** Texts as numbers that are equal, smaller or larger exactly where the texts are, by character codes. */
export interface DenseRanks {
  rankOf(text: string): number;
  /** The text of a rank, which must be one. */
  textOf(rank: number): string;
}

/** Ranks the texts; ranks begin at 1 and have no gaps. */
export function denseRanks(texts: Iterable<string>): DenseRanks {
  const sorted = [...new Set(texts)].sort(byCharacterCodes);
  const ranks = new Map(sorted.map((text, at) => [text, at + 1]));
  return {
    rankOf: (text) => ranks.get(text)!,
    textOf: (rank) => sorted[rank - 1]!,
  };
}

function byCharacterCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
