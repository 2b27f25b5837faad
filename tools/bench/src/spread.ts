/** The middle of some figures, and where most of them lie. */
export interface Spread {
  readonly median: number;
  /** A tenth lies below. */
  readonly low: number;
  /** A tenth lies above. */
  readonly high: number;
}

/** @throws Error when there are no values */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const value = sorted[Math.round(share * (sorted.length - 1))];
    if (value === undefined) throw new Error("Expected some values, got none.");
    return value;
  };
  return { median: at(0.5), low: at(0.1), high: at(0.9) };
}

/** `1.23 (1.20–1.31)` */
export function showSpread({ median, low, high }: Spread, digits = 2): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}
