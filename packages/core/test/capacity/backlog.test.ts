import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backlogOf } from "../../src/index.js";
import { backlogByRoots, lnBacklogBySum } from "./oracle/backlog.js";
import { LN_SMALLEST, MEANS, SEQUENCE_BITS } from "./oracle/range.js";

const SHARES = [0.1, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999];

describe("the mean backlog", () => {
  it.each(SEQUENCE_BITS)(
    "agrees with 45 digits of Spitzer's sum, or of the roots, to 1e-9 at %d bits",
    (sequenceBits) => {
      const idsPerTick = 2 ** sequenceBits;
      const means = [...MEANS, ...SHARES.map((share) => share * idsPerTick)];
      for (const mean of means.filter((mean) => mean <= Math.min(0.999 * idsPerTick, 1.05e6))) {
        const lnDirect = lnDirectBacklog(mean, idsPerTick);
        const { meanIds, lnMeanIds } = stable(mean, idsPerTick);
        if (lnDirect >= LN_SMALLEST) expect(Math.abs(meanIds / Math.exp(lnDirect) - 1)).toBeLessThan(1e-9);
        // A value of 1e-9 relative is a logarithm of 1e-9 absolute.
        expect(Math.abs(lnMeanIds - lnDirect)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(lnDirect)));
      }
    },
    30_000,
  );

  it("agrees whichever way the reference is computed", () => {
    for (const [mean, idsPerTick] of [
      [0.7, 1],
      [3.2, 4],
      [57.6, 64],
    ] as const) {
      expect(lnBacklogBySum(mean, idsPerTick, 5000)).toBeCloseTo(Math.log(backlogByRoots(mean, idsPerTick)), 10);
    }
  });

  it("has the published value: 57.6 requests for 64 IDs leave 1.540 IDs waiting", () => {
    expect(stable(57.6, 64).meanIds).toBeCloseTo(1.54, 3);
  });

  it("is λ²/2(1 − λ) where a tick has one ID", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (mean) => {
        expect(stable(mean, 1).meanIds / ((mean * mean) / (2 * (1 - mean)))).toBeCloseTo(1, 10);
      }),
    );
  });

  it("never passes Kingman's bound, and comes near it when the load is heavy", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.integer({ min: 0, max: 20 }),
        (share, sequenceBits) => {
          const { meanIds, kingmanBoundIds } = stable(share * 2 ** sequenceBits, 2 ** sequenceBits);
          expect(meanIds).toBeLessThanOrEqual(kingmanBoundIds);
        },
      ),
    );
    const { meanIds, kingmanBoundIds } = stable(0.999 * 64, 64);
    expect(meanIds / kingmanBoundIds).toBeGreaterThan(0.98);
  });

  it("rises with the load", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 1.0001, max: 1.009, noNaN: true }),
        fc.integer({ min: 0, max: 22 }),
        (share, factor, sequenceBits) => {
          const idsPerTick = 2 ** sequenceBits;
          const less = stable(share * idsPerTick, idsPerTick).lnMeanIds;
          expect(stable(share * factor * idsPerTick, idsPerTick).lnMeanIds).toBeGreaterThan(less);
        },
      ),
    );
  });

  it("is none without a load, and there is no queue to speak of above 99.9 % of the ceiling", () => {
    expect(stable(0, 64)).toMatchObject({ meanIds: 0, lnMeanIds: -Infinity });
    for (const mean of [63.95, 64, 1e9]) expect(backlogOf(mean, 64)).toEqual({ kind: "unstable" });
  });
});

function stable(mean: number, idsPerTick: number): Extract<ReturnType<typeof backlogOf>, { kind: "stable" }> {
  const backlog = backlogOf(mean, idsPerTick);
  if (backlog.kind === "stable") return backlog;
  throw new Error(`${mean} of ${idsPerTick} is unstable`);
}

/** The sum where it has few terms, the roots where there are few of those: one of the two always is. */
function lnDirectBacklog(mean: number, idsPerTick: number): number {
  const decay = idsPerTick * (mean / idsPerTick - 1 - Math.log(mean / idsPerTick));
  const termsOfSum = 25 / decay;
  const sum = termsOfSum < 150 ? lnBacklogBySum(mean, idsPerTick, 1000) : undefined;
  return sum ?? Math.log(backlogByRoots(mean, idsPerTick));
}
