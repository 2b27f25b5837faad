import fc from "fast-check";
import { expect, it } from "vitest";
import { RECORD_WORDS, writeRecord } from "../../../src/audit/history/record.js";
import { sortRecords } from "../../../src/audit/history/sort-records.js";

type Row = [high: number, low: number, lastLow: number, extra: number];

it("sorts any number of records by their first ID, and keeps every record whole", () => {
  const anyHalf = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
  const anyRow = fc.tuple(anyHalf, anyHalf, anyHalf, anyHalf.map(Math.abs));
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 300, size: "max" }), (rows) => {
      const words = new Int32Array(rows.length * RECORD_WORDS);
      for (const [index, row] of rows.entries()) writeRecord(words, index * RECORD_WORDS, ...row);
      sortRecords(words, rows.length, new Int32Array(words.length));
      const sorted = rows.map((_, index) => [...words.subarray(index * RECORD_WORDS, index * RECORD_WORDS + 4)]);
      expect(sorted.map(firstId)).toEqual(rows.map(firstId).sort((a, b) => a - b));
      expect(sorted.map(String).sort()).toEqual(rows.map(([a, b, c, d]) => String([a, b, c, d | 0])).sort());
    }),
  );
});

function firstId([high = 0, low = 0]: number[] | Row): number {
  // Close IDs become equal as numbers, which leaves their order unchecked: records with small halves check it.
  return (high >>> 0) * 2 ** 32 + (low >>> 0);
}
