import fc from "fast-check";
import { expect, test } from "vitest";
import type { Observer } from "../../src/observation/observer.js";
import { TraceHash } from "../../src/observation/trace-hash.js";

type Call = (observer: Observer) => void;

const word = fc.nat(2 ** 32 - 1);
const small = fc.nat(5);
const time = fc.double({ min: 0, max: 1e12, noNaN: true });

/** Each call beside what it says, so that calls that say the same can be told. */
const call: fc.Arbitrary<{ readonly says: unknown[]; readonly call: Call }> = fc.oneof(
  fc.tuple(small, time, time, time, word, word, small).map((says) => ({
    says: ["issued", ...says],
    call: (observer: Observer) => observer.issued(...says),
  })),
  fc.tuple(small, time, time, small, fc.constantFrom("CLOCK_BEHIND", "CLOCK_AHEAD", null)).map((says) => ({
    says: ["refused", ...says],
    call: (observer: Observer) => observer.refused(...says),
  })),
  fc.tuple(small, word, time).map((says) => ({
    says: ["extended", ...says],
    call: (observer: Observer) => observer.extended(...says),
  })),
  fc
    .tuple(small, word, time)
    .map((says) => ({ says: ["ended", ...says], call: (observer: Observer) => observer.ended(...says) })),
  fc.tuple(small, time, time, small).map((says) => ({
    says: ["unanswered", ...says],
    call: (observer: Observer) => observer.unanswered(...says),
  })),
  fc.tuple(small, small, time).map((says) => ({
    says: ["seen", ...says],
    call: (observer: Observer) => observer.faultSeen(...says),
  })),
  fc
    .constantFrom("takeover", "released")
    .map((says) => ({ says: ["branch", says], call: (observer: Observer) => observer.branch(says) })),
);
const trace = fc.array(call, { minLength: 1, maxLength: 8 });

function digest(calls: readonly { readonly call: Call }[]): string {
  const hash = new TraceHash();
  for (const each of calls) each.call(hash);
  return hash.digest();
}

test("the same calls have the same hash, other calls, or the same in another order, have another", () => {
  fc.assert(
    fc.property(trace, trace, (one, other) => {
      expect(digest(one)).toMatch(/^[0-9a-f]{16}$/);
      expect(digest(one)).toBe(digest(one));
      const says = (calls: typeof one) => JSON.stringify(calls.map((each) => each.says));
      expect(digest(one) === digest(other)).toBe(says(one) === says(other));
      const reversed = one.toReversed();
      expect(digest(one) === digest(reversed)).toBe(says(one) === says(reversed));
    }),
    { numRuns: 1000 },
  );
});

test("the last bit of a time counts", () => {
  const at = (ms: number) => digest([{ call: (observer: Observer) => observer.ended(0, 1, ms) }]);
  expect(at(1e11 + 2 ** -16)).not.toBe(at(1e11));
});

test("no two of thirty thousand times of one request collide", () => {
  const hashes = new Set<string>();
  for (let tick = 0; tick < 30_000; tick++) {
    hashes.add(digest([{ call: (observer) => observer.issued(0, tick / 1024, tick / 1024, 0, 0, tick, 1) }]));
  }
  expect(hashes.size).toBe(30_000);
});
