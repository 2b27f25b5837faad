import { defineLayout } from "@shardflake/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Sections } from "../../../src/audit/sections.js";
import { IntervalList } from "../../../src/check/history/interval-list.js";

const sections = new Sections(defineLayout({ timestampBits: 41, datacenterBits: 0, machineBits: 1, sequenceBits: 4 }));
const IDS = 16;

/** Everything that can be done with a list, on a section of 16 IDs. */
const anyActs = fc.array(
  fc
    .record({
      act: fc.constantFrom(
        "insert" as const,
        "insert" as const,
        "insert" as const,
        "remove" as const,
        "again" as const,
      ),
      high: fc.nat({ max: 2 }),
      section: fc.nat({ max: 300 }),
      from: fc.nat({ max: IDS - 1 }),
      length: fc.integer({ min: 1, max: 4 }),
      holding: fc.nat({ max: 1 }),
    })
    .map((act) => ({
      ...act,
      low: act.section * IDS + act.from,
      lastLow: act.section * IDS + Math.min(IDS - 1, act.from + act.length - 1),
    })),
  { minLength: 1, maxLength: 900, size: "max" },
);

test("holds what a map of every ID holds, in any order of insertions and removals", () => {
  fc.assert(
    fc.property(anyActs, (acts) => {
      const list = new IntervalList(sections);
      const known = new Map<string, { holding: number; times: number }>();
      const ids = (high: number, low: number, lastLow: number): string[] =>
        Array.from({ length: lastLow - low + 1 }, (_, index) => `${high}/${low + index}`);
      for (const { act, high, low, lastLow, holding } of acts) {
        const wanted = ids(high, low, lastLow);
        const overlaps = list.overlaps(high, low, lastLow);
        const found = overlaps.flatMap((part) => ids(high, part.low, part.lastLow).map((id) => [id, part.holding]));
        expect(found).toEqual(wanted.flatMap((id) => (known.has(id) ? [[id, known.get(id)!.holding]] : [])));
        expect(list.isFree(high, low, lastLow)).toBe(overlaps.length === 0);
        const sum = list.sum(high, low - (low % IDS), low - (low % IDS) + IDS - 1, () => true);
        const inSection = ids(high, low - (low % IDS), low - (low % IDS) + IDS - 1);
        expect(sum).toBe(inSection.reduce((total, id) => total + (known.get(id)?.times ?? 0), 0));
        if (act === "insert" && overlaps.length === 0) {
          list.insert(high, low, lastLow, holding);
          for (const id of wanted) known.set(id, { holding, times: 1 });
        } else if (act === "again" && overlaps[0] !== undefined) {
          list.again(high, overlaps[0].low, 1);
          known.get(`${high}/${overlaps[0].low}`)!.times++;
        } else if (act === "remove" && !wanted.some((id) => (known.get(id)?.times ?? 0) > 1)) {
          list.remove(high, low, lastLow, holding);
          for (const id of wanted) if (known.get(id)?.holding === holding) known.delete(id);
        }
      }
    }),
    { numRuns: 25 },
  );
}, 30_000);

test("keeps a hundred thousand intervals apart, whichever end they come from", () => {
  for (const order of [
    (index: number) => index,
    (index: number) => 99_999 - index,
    (index: number) => (index * 7919) % 100_000,
  ]) {
    const list = new IntervalList(sections);
    for (let index = 0; index < 100_000; index++) list.insert(0, order(index) * IDS, order(index) * IDS + 3, 0);
    for (let index = 0; index < 100_000; index += 997) {
      expect(list.overlaps(0, index * IDS + 2, index * IDS + 9)).toEqual([
        { low: index * IDS + 2, lastLow: index * IDS + 3, holding: 0 },
      ]);
    }
  }
});
