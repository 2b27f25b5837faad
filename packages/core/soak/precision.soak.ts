import { describe, expect, it } from "vitest";
import { backlogError, exhaustionError } from "../test/capacity/oracle/errors.js";
import { SEQUENCE_BITS } from "../test/capacity/oracle/range.js";

/** Means from 0.1 to 10^6, ten a decade, and right up to the ceiling. */
const MEANS = Array.from({ length: 71 }, (_, i) => 10 ** (i / 10 - 1));
const SHARES = [0.3, 0.6, 0.8, 0.97, 0.998, 0.999];

/** The largest error over all means, and where it is. */
function worst(
  idsPerTick: number,
  means: readonly number[],
  errorOf: (mean: number, idsPerTick: number) => number,
): { readonly error: number; readonly mean: number } {
  const errors = means.map((mean) => ({ error: errorOf(mean, idsPerTick), mean }));
  return errors.reduce((largest, next) => (next.error > largest.error ? next : largest), { error: 0, mean: 0 });
}

describe("precision over the whole range", () => {
  it.each(SEQUENCE_BITS)("at %d bits", (sequenceBits) => {
    const idsPerTick = 2 ** sequenceBits;
    const near = SHARES.map((share) => share * idsPerTick).filter((mean) => mean >= 0.1 && mean <= 1.05e6);
    const exhaustion = worst(idsPerTick, [...MEANS, ...near], exhaustionError);
    const stable = [...MEANS.filter((mean) => mean <= 0.999 * idsPerTick), ...near];
    const backlog = worst(idsPerTick, stable, backlogError);
    process.stdout.write(
      `${sequenceBits} bits: exhaustion within ${exhaustion.error.toExponential(1)} (worst at λ = ${exhaustion.mean.toPrecision(4)}), ` +
        `mean backlog within ${backlog.error.toExponential(1)} (worst at λ = ${backlog.mean.toPrecision(4)})\n`,
    );
    expect(exhaustion.error).toBeLessThan(1e-9);
    expect(backlog.error).toBeLessThan(1e-9);
  });
});
