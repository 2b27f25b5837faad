import fc from "fast-check";
import { expect, test } from "vitest";
import { Answers } from "../../../src/check/history/answers.js";
import { Precedents } from "../../../src/check/history/precedents.js";
import { Sighting } from "../../../src/check/sighting.js";

interface Told {
  readonly id: number;
  readonly completedMs: number;
  readonly errorMs: number;
}

/** Thousands of answers, in order of completion, of clocks that are more or less wrong. */
const anyAnswers: fc.Arbitrary<Told[]> = fc
  .record({
    count: fc.integer({ min: 1, max: 3000 }),
    seed: fc.nat(),
    errors: fc.array(fc.constantFrom(0, 1, 10, 100, 400), { minLength: 1, maxLength: 4 }),
  })
  .map(({ count, seed, errors }) => {
    let state = seed;
    const draw = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state % below;
    };
    let completedMs = 0;
    return Array.from({ length: count }, () => {
      completedMs += draw(3);
      const errorMs = errors[draw(errors.length)]!;
      return { id: 1000 + completedMs + draw(2 * errorMs + 20) - errorMs, completedMs, errorMs };
    });
  });

function remember(told: readonly Told[], most: number): { answers: Answers; precedents: Precedents } {
  const answers = new Answers(most);
  const precedents = new Precedents(answers);
  for (const { id, completedMs, errorMs } of told) {
    precedents.add(answers.end, 0, id, completedMs + 2 * errorMs);
    answers.append(Object.assign(new Sighting(), { high: 0, low: id, lastLow: id, count: 1, completedMs, errorMs }));
  }
  return { answers, precedents };
}

const anyQuestions = fc.array(
  fc.record({ requestedMs: fc.nat({ max: 4000 }), errorMs: fc.nat({ max: 500 }), id: fc.nat({ max: 5000 }) }),
  {
    minLength: 10,
    maxLength: 40,
  },
);

test("finds whether a larger ID was completed and settled in time", () => {
  fc.assert(
    fc.property(anyAnswers, anyQuestions, (told, questions) => {
      const { precedents } = remember(told, 4096);
      for (const { requestedMs, errorMs, id } of questions) {
        const completedMs = requestedMs - 2 * errorMs;
        precedents.find(completedMs, requestedMs, 0, id, 2 ** 32 - 1);
        const largest = told
          .filter((a) => a.completedMs < completedMs && a.completedMs + 2 * a.errorMs < requestedMs && a.id >= id)
          .reduce((most, a) => Math.max(most, a.id), -1);
        expect(precedents.high === 0 && precedents.low >= id ? precedents.low : -1).toBe(largest);
      }
    }),
    { numRuns: 150 },
  );
}, 30_000);

test("comes to the same where it starts in the middle", () => {
  fc.assert(
    fc.property(anyAnswers, anyQuestions, (told, questions) => {
      const { answers, precedents } = remember(told, 4096);
      const late = new Precedents(answers);
      for (const { requestedMs, errorMs, id } of questions) {
        precedents.find(requestedMs - 2 * errorMs, requestedMs, 0, id, id);
        late.find(requestedMs - 2 * errorMs, requestedMs, 0, id, id);
        expect([late.high, late.low]).toEqual([precedents.high, precedents.low]);
      }
    }),
    { numRuns: 50 },
  );
}, 30_000);

test("tells how far it has forgotten", () => {
  fc.assert(
    fc.property(anyAnswers, fc.constantFrom(16, 256, 1024), (told, most) => {
      const { answers, precedents } = remember(told, most);
      const forgotten = told.slice(0, answers.begin).reduce((largest, { id }) => Math.max(largest, id), -1);
      const { high, low } = precedents.forgotten();
      expect(high === 0 ? low : -1).toBeGreaterThanOrEqual(forgotten);
    }),
    { numRuns: 100 },
  );
}, 30_000);
