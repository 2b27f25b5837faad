import fc from "fast-check";
import type { Fault } from "../../src/scenario/fault.js";
import { parseScenario } from "../../src/scenario/parse-scenario.js";
import type { Scenario } from "../../src/scenario/scenario.js";

/** A scenario of an hour with these faults, on one shard unless said otherwise. */
export function scenarioOf(faults: readonly Fault[], change: Partial<Scenario> = {}): Scenario {
  return parseScenario({ format: 1, seed: 7, durationMs: 3_600_000, shards: 1, faults, ...change });
}

const anyPlace = fc.record({
  atMs: fc.integer({ min: 0, max: 3_000_000 }),
  forMs: fc.integer({ min: 1, max: 900_000 }),
  on: fc.constant("all" as const),
});
const anyMs = fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 2_000_000 }));
const signedMs = fc.oneof(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2_000_000, max: 2_000_000 }));
const word = <const Word extends string>(...words: Word[]): fc.Arbitrary<Word> => fc.constantFrom(...words);

function placed<Rest extends object>(rest: { [Key in keyof Rest]: fc.Arbitrary<Rest[Key]> }): fc.Arbitrary<Fault> {
  return fc.tuple(anyPlace, fc.record(rest)).map(([place, fields]) => ({ ...place, ...fields }) as unknown as Fault);
}

/** Any fault of a kind that the format knows, somewhere in the hour. */
export const anyFault: fc.Arbitrary<Fault> = fc.oneof(
  placed({
    kind: word("drift"),
    ppm: fc.integer({ min: -1000, max: 1000 }),
    wanderPpm: fc.constantFrom(0, 20),
  }),
  placed({
    kind: word("daemon"),
    daemon: word("ntpd", "ntpd-x", "chrony", "timesyncd"),
    pollMs: fc.integer({ min: 1000, max: 64_000 }),
  }),
  placed({ kind: word("step"), forMs: fc.constant(0), byMs: signedMs }),
  placed({ kind: word("strobe"), byMs: signedMs, periodMs: fc.integer({ min: 1, max: 1000 }) }),
  placed({ kind: word("leap-second"), direction: word("insert", "delete"), handling: word("step", "slew") }),
  placed({ kind: word("leap-smear"), shape: word("linear", "cosine") }),
  placed({ kind: word("migration"), behindMs: anyMs, monotonic: word("goes-on", "stops") }),
  placed({ kind: word("suspend"), wall: word("jumps", "stays-behind") }),
  placed({ kind: word("clone"), rewindMs: anyMs }),
  placed({ kind: word("coarse"), granularityMs: fc.constantFrom(1, 4, 15.6, 1000) }),
  placed({ kind: word("warp"), mostMs: fc.constantFrom(0.001, 2) }),
  placed({ kind: word("pause") }),
  placed({ kind: word("frozen"), valueMs: fc.option(anyMs) }),
  placed({ kind: word("wrong-year"), byYears: fc.integer({ min: -50, max: 50 }) }),
  placed({ kind: word("rollover"), beforeEndMs: anyMs }),
  placed({ kind: word("restart"), exit: word("kill", "release"), clockBehindMs: anyMs }),
  placed({ kind: word("zombie"), stepMs: signedMs }),
  placed({
    kind: word("store"),
    trouble: word("down", "answers-lost", "slow", "partitioned"),
    delayMs: fc.integer({ min: 1, max: 5000 }),
  }),
);

/** One to six faults of any kind on the one shard of an hour. */
export const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    faults: fc.array(anyFault, { minLength: 1, maxLength: 6 }),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  })
  .map(({ faults, seed }) => scenarioOf(faults, { seed }));
