import { measured, unmeasured } from "../../src/cell.js";
import type { Cells } from "../../src/measurement/cells.js";

const NOT: ReturnType<typeof unmeasured> = unmeasured("not in this test");

/** A design that meets every requirement. */
export const GOOD_CELLS: Cells = {
  unique: measured({ ids: 1_000_000, duplicates: 0 }),
  form: measured({ isNumeric: true, storedBits: 64, usedBits: 60, fitsBigint: true }),
  orderWithin: measured({ ids: 1000, outOfOrder: 0, inversion: { ms: 0, ids: 0 } }),
  orderAcross: measured({ ids: 1000, outOfOrder: 12, inversion: { ms: 1.2, ids: 40 } }),
  rateOne: measured(1_234_567),
  rateMany: measured(2_000_000),
  latencyOne: measured({ requests: 1000, p50Ms: 0.0004, p99Ms: 0.0031, p999Ms: 1.5 }),
  latencyThousand: NOT,
  roundTrips: measured({ perId: 0, perIdOfThousand: 0.0000021 }),
  kill: measured({
    outageMs: 9,
    idsMeanwhile: 300,
    backAfterMs: 450,
    idsLost: unmeasured("an ID is made when it is used"),
    duplicates: 0,
  }),
  add: measured({ what: "start one", tookMs: 12_345, silenceMs: 5, ids: 100, duplicates: 0, refusals: 0 }),
  addUnsafe: measured({ what: "start a <copy>", tookMs: 12, silenceMs: 5, ids: 100, duplicates: 1855, refusals: 2 }),
  remove: NOT,
  removeUnsafe: NOT,
  clockStep: NOT,
  insert: NOT,
};
