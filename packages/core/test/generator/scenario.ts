import fc from "fast-check";
import { defineLayout, type Layout, type SequenceStart, tickStartMs } from "../../src/index.js";
import { anyLayout } from "../layouts.js";
import type { HostileTimes } from "./hostile-clock.js";

/** One call of the generator, or something that happens between two calls. */
export type Command =
  | { readonly kind: "next" | "tryNext"; readonly count: number }
  | { readonly kind: "nextNumber" | "nextAsync" | "fill"; readonly count: number }
  | { readonly kind: "reserve"; readonly fullTicks: number; readonly count: number; readonly since: Since }
  | {
      readonly kind: "reserveTick";
      readonly fullTicks: number;
      readonly count: number;
      readonly ticksBack: number;
      readonly span: number;
    }
  | { readonly kind: "pass"; readonly ms: number }
  | { readonly kind: "raise"; readonly ticks: number }
  | { readonly kind: "lose" };

/** `since` of a reservation: a distance from the latest reading in milliseconds, or something senseless. */
export type Since = { readonly kind: "offset"; readonly ms: number } | { readonly kind: "raw"; readonly ms: number };

/** A generator, its clock, its window and what is done to them. */
export interface Scenario {
  readonly layout: Layout;
  readonly datacenterId: number;
  readonly machineId: number;
  readonly floor: number;
  readonly limit: number;
  readonly sequenceStart: SequenceStart;
  readonly randoms: readonly number[];
  readonly maxWaitMs: number;
  readonly toleranceMs: number;
  readonly times: HostileTimes;
  /** By how many ticks the limit rises at each sleep, one value a sleep. */
  readonly raises: readonly number[];
  readonly commands: readonly Command[];
}

/** Short sections, so that ticks, sequences and lifetimes run out soon. */
const tightLayout: fc.Arbitrary<Layout> = fc
  .record({
    timestampBits: fc.integer({ min: 4, max: 16 }),
    datacenterBits: fc.integer({ min: 0, max: 2 }),
    machineBits: fc.integer({ min: 0, max: 2 }),
    sequenceBits: fc.integer({ min: 0, max: 3 }),
    epoch: fc.constantFrom(0, 1_577_836_800_000),
    tickMs: fc.constantFrom(1, 1, 2, 10),
  })
  .map(defineLayout);

const layouts = fc.oneof(
  { weight: 4, arbitrary: tightLayout },
  { weight: 1, arbitrary: anyLayout.filter(({ tickMs }) => tickMs < 20) },
);

const smallCount = fc.integer({ min: 0, max: 12 });
/** What a reservation takes beside its count, in the IDs of whole ticks. */
const fullTicks = fc.integer({ min: 0, max: 12 });
const since: fc.Arbitrary<Since> = fc.oneof(
  fc.record({ kind: fc.constant("offset" as const), ms: fc.integer({ min: -30, max: 10 }) }),
  fc.record({ kind: fc.constant("raw" as const), ms: fc.constantFrom(Number.NaN, -Infinity, Infinity, 0, 1e18) }),
);

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom("next", "tryNext"), count: smallCount }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("nextNumber", "nextAsync", "fill"), count: smallCount }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("reserve"), fullTicks, count: smallCount, since }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("reserveTick"),
      fullTicks,
      count: smallCount,
      ticksBack: fc.integer({ min: 0, max: 20 }),
      span: fc.integer({ min: 0, max: 20 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("pass"), ms: fc.integer({ min: 0, max: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("raise"), ticks: fc.integer({ min: 0, max: 30 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: "lose" }) },
) as fc.Arbitrary<Command>;

const strangeReading = fc.constantFrom(Number.NaN, Infinity, -Infinity, Number.MAX_VALUE, -Number.MAX_VALUE, 0, -1);

/** Everything around one moment of a layout's lifetime. */
function scenarioAt(layout: Layout, startTick: number): fc.Arbitrary<Scenario> {
  const { tickMs } = layout;
  const startMs = tickStartMs(layout, startTick);
  const nearTick = fc.integer({ min: -4, max: 12 }).map((ticks) => startTick + ticks);
  const reading = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -2, max: 20 }).map((quarters) => startMs + (quarters / 4) * tickMs) },
    { weight: 3, arbitrary: fc.integer({ min: -40, max: 40 }).map((ticks) => startMs + ticks * tickMs) },
    { weight: 1, arbitrary: fc.constantFrom(layout.epochMs - 1, layout.lifetimeEndMs, layout.lifetimeEndMs - 1) },
    { weight: 1, arbitrary: strangeReading },
  );
  const floor = nearTick.map((tick) => Math.min(layout.maxTick, Math.max(0, tick)));
  return fc.record({
    layout: fc.constant(layout),
    datacenterId: fc.integer({ min: 0, max: layout.datacenters - 1 }),
    machineId: fc.integer({ min: 0, max: layout.machinesPerDatacenter - 1 }),
    floor: fc.oneof(fc.constant(0), floor),
    limit: fc.oneof(fc.constant(Infinity), nearTick),
    sequenceStart: fc.constantFrom("zero", "random"),
    randoms: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1, maxLength: 5 }),
    maxWaitMs: fc.constantFrom(0, 3, 30),
    toleranceMs: fc.constantFrom(0, 5, 10_000),
    times: fc.record({
      startMs: fc.constant(startMs),
      wallMs: fc.array(reading, { maxLength: 40 }),
      monotonicMs: fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), strangeReading), { maxLength: 6 }),
      sleepPace: fc.constantFrom(0, 1, 1, 3.7),
    }),
    raises: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 10 }),
    commands: fc.array(command, { minLength: 1, maxLength: 25 }),
  });
}

export const anyScenario: fc.Arbitrary<Scenario> = layouts.chain((layout) => {
  const { maxTick } = layout;
  const latest = Math.max(1, maxTick - 20);
  const startTick = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: Math.min(8, latest), max: latest }) },
    { weight: 1, arbitrary: fc.constantFrom(1, maxTick) },
  );
  return startTick.chain((tick) => scenarioAt(layout, tick));
});
