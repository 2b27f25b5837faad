import fc from "fast-check";
import { expect, test } from "vitest";
import { Agenda } from "../../src/virtual/agenda.js";

const changes = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.nat(20), fc.constant(Number.POSITIVE_INFINITY))), {
  maxLength: 200,
});

test("the earliest member comes first, and of equal ones the lowest", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), changes, (members, all) => {
      const agenda = new Agenda(members);
      const times = new Array<number>(members).fill(Number.POSITIVE_INFINITY);
      for (const [which, atMs] of all) {
        times[which % members] = atMs;
        if (agenda.first === which % members) agenda.advance(atMs);
        else agenda.set(which % members, atMs);
        const firstMs = Math.min(...times);
        expect(agenda.firstMs).toBe(firstMs);
        expect(agenda.first).toBe(times.indexOf(firstMs));
      }
    }),
  );
});
