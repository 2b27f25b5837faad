import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backlogOf } from "../../src/capacity/index.js";
import { backlogByRoots, lnBacklogBySum } from "./oracle/backlog.js";
import { backlogError } from "./oracle/errors.js";
import { MEANS, SEQUENCE_BITS } from "./oracle/range.js";

const SHARES = [0.1, 0.5, 0.7, 0.9, 0.95, 0.99];

/** Where the reference takes many seconds so near the ceiling, the soak has it. */
const MOST_SHARE = (sequenceBits: number): number => (sequenceBits === 17 || sequenceBits === 18 ? 0.998 : 0.999);

describe("the mean backlog", () => {
  it.each(SEQUENCE_BITS)(
    "agrees with 45 digits of Spitzer's sum, or of the roots, to 1e-9 at %d bits",
    (sequenceBits) => {
      const idsPerTick = 2 ** sequenceBits;
      const most = MOST_SHARE(sequenceBits);
      const means = [...MEANS, ...[...SHARES, most].map((share) => share * idsPerTick)];
      for (const mean of means.filter((mean) => mean <= Math.min(most * idsPerTick, 1.05e6))) {
        expect(backlogError(mean, idsPerTick)).toBeLessThan(1e-9);
      }
    },
    60_000,
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
