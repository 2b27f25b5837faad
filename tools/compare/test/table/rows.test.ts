import { expect, it } from "vitest";
import { comparisonRows } from "../../src/table/rows.js";
import { verdictsOf } from "../../src/verdict/verdict.js";
import { GOOD_CELLS } from "../verdict/cells.js";

const rows = comparisonRows([
  { name: "snowflake", title: "Snowflake", cells: GOOD_CELLS, verdicts: verdictsOf(GOOD_CELLS) },
]);
const cell = (title: string) => rows.find((row) => row.title.startsWith(title))!.cells[0]!;

it("says what was measured in figures that can be compared", () => {
  expect(cell("IDs/s, one client").text).toBe("1,230,000/s");
  expect(cell("latency of one ID").text).toBe("400 ns / 3.1 µs / 1.5 ms");
  expect(cell("round trips").text).toBe("0 / 2.1e-6");
  expect(cell("order across servers").text).toBe("up to 1.2 ms, 40 IDs\n12 steps back");
  expect(cell("a server is added").text).toMatch(/no duplicate\ntook 12 s, wait 5 ms/);
  expect(cell("… carelessly").text).toMatch(/^1,855 DUPLICATES\n2 refused\n/);
});

it("says why a cell was not measured, also inside of one that was", () => {
  expect(cell("clocks step back")).toEqual({ kind: "unmeasured", text: "not in this test" });
  expect(cell("a server is killed").text).toMatch(/no ID can be lost/);
});
