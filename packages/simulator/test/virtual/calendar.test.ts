import fc from "fast-check";
import { expect, test } from "vitest";
import { Calendar } from "../../src/virtual/calendar.js";

/** Times in quarters of a millisecond, so that some are equal and some on the same day. */
const waits = fc.array(fc.array(fc.nat(200), { maxLength: 8 }), { maxLength: 60 });

test("the earliest entry comes first, of equal ones the lowest, and later ones may be made in between", () => {
  fc.assert(
    fc.property(waits, (rounds) => {
      const calendar = new Calendar(500, 1);
      const open = new Map<number, number>();
      let nowMs = 0;
      for (const [round, made] of rounds.entries()) {
        for (const [place, quarters] of made.entries()) {
          const entry = (round % 60) * 8 + place;
          const atMs = nowMs + quarters / 4;
          expect(atMs - nowMs).toBeLessThan(calendar.horizonMs);
          calendar.put(entry, atMs);
          open.set(entry, atMs);
        }
        calendar.seek(nowMs);
        for (let told = 0; told <= round % 5; told++) {
          const [first, firstMs] = [...open].reduce(
            (least, each) => (each[1] < least[1] || (each[1] === least[1] && each[0] < least[0]) ? each : least),
            [-1, Number.POSITIVE_INFINITY],
          );
          expect([calendar.first, calendar.firstMs]).toEqual([first, firstMs]);
          if (first < 0) break;
          calendar.advance();
          open.delete(first);
          nowMs = firstMs;
        }
      }
    }),
  );
});
