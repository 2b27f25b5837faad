import { describe, expect, it } from "vitest";
import { measured, unmeasured } from "../../src/cell.js";
import type { Cells } from "../../src/measurement/cells.js";
import { type Requirement, verdictsOf } from "../../src/verdict/verdict.js";
import { GOOD_CELLS } from "./cells.js";

const verdictOf = (cells: Cells, requirement: Requirement): string =>
  verdictsOf(cells).find((one) => one.requirement === requirement)!.verdict;
const kill = GOOD_CELLS.kill.kind === "measured" ? GOOD_CELLS.kill.value : undefined;

describe("verdicts", () => {
  it("are all yes for a design that meets every requirement", () => {
    expect(verdictsOf(GOOD_CELLS).map(({ verdict }) => verdict)).toEqual(Array(6).fill("yes"));
  });

  it.each<[Requirement, Partial<Cells>]>([
    ["unique", { unique: measured({ ids: 10, duplicates: 1 }) }],
    ["sortable by time", { orderAcross: measured({ ids: 9, outOfOrder: 1, inversion: { ms: 900, ids: 4 } }) }],
    ["numeric", { form: measured({ isNumeric: false, storedBits: 64, usedBits: 64, fitsBigint: true }) }],
    ["64-bit", { form: measured({ isNumeric: true, storedBits: 128, usedBits: 121, fitsBigint: false }) }],
    ["10,000 IDs/s", { rateMany: measured(9999) }],
    ["highly available", { kill: measured({ ...kill!, outageMs: 440 }) }],
    ["highly available", { kill: measured({ ...kill!, duplicates: 3 }) }],
  ])("deny %s where the measurement does", (requirement, cells) => {
    expect(verdictOf({ ...GOOD_CELLS, ...cells }, requirement)).toBe("no");
  });

  it("are unknown where too few IDs are in order to say so", () => {
    const orderAcross = measured({ ids: 9, outOfOrder: 0, inversion: { ms: 0, ids: 0 } });
    expect(verdictOf({ ...GOOD_CELLS, orderAcross }, "sortable by time")).toBe("unknown");
  });

  it("are unknown where the cell was not measured, with its reason", () => {
    const [unique] = verdictsOf({ ...GOOD_CELLS, unique: unmeasured("it broke") });
    expect(unique).toEqual({ requirement: "unique", verdict: "unknown", because: "it broke" });
  });
});
