import { availableParallelism } from "node:os";
import { type RunThreads, runnerFor, type ScenarioSource, search, startRunThreads } from "@shardflake/simulator";
import { afterAll, expect, it } from "vitest";

/** Hostile scenarios of the virtual world that must pass, SHARDFLAKE_SOAK_SEEDS of them; only those that are evidence count. */
const WANTED = Number(process.env.SHARDFLAKE_SOAK_SEEDS ?? 10_000);
const FIRST_SEED = Number(process.env.SHARDFLAKE_SOAK_FIRST_SEED ?? 0);
/** Runs that are no evidence are made up for, up to a tenth of what is wanted. */
const SPARE = 1.1;
/** One scenario in so many is played twice. */
const REPLAYED_OF = 20;

const width = availableParallelism();
const threads: RunThreads = startRunThreads({
  runner: runnerFor({ kind: "virtual" }),
  width,
  recording: "no-recording",
});
afterAll(() => threads.close());

const sourceOf = (seed: number): ScenarioSource => ({
  kind: "profile",
  profile: "hostile",
  seed,
  options: { world: "virtual" },
  layout: null,
});

it(`breaks no invariant in ${WANTED} hostile scenarios that count`, async () => {
  const result = await search({
    sourceOf,
    firstSeed: FIRST_SEED,
    mostSeeds: Math.ceil(WANTED * SPARE),
    run: (source, signal) => threads.run(source, { signal }),
    width,
    budget: new AbortController().signal,
    signal: new AbortController().signal,
  });
  const { tally } = result;
  const coverage = Object.entries(tally.coverage).sort(([a], [b]) => a.localeCompare(b));
  process.stdout.write(
    `hostile: ${tally.runs} runs from seed ${FIRST_SEED} on, ${tally.counted} count, ${tally.unknown} unknown, ` +
      `${tally.issued} IDs\n${coverage.map(([name, hits]) => `  ${name}: ${hits}\n`).join("")}`,
  );
  if (result.kind === "found") process.stdout.write(`${JSON.stringify(result.ran.outcome, null, 2)}\n`);
  expect(result.kind).toBe("nothing");
  expect(tally.counted).toBeGreaterThanOrEqual(WANTED);
});

it("gives the same trace hash when one of them is played twice", async () => {
  const seeds = Array.from({ length: Math.ceil(WANTED / REPLAYED_OF) }, (_, i) => FIRST_SEED + i * REPLAYED_OF);
  const { signal } = new AbortController();
  const others: number[] = [];
  for (const seed of seeds) {
    const [first, again] = await Promise.all([1, 2].map(() => threads.run(sourceOf(seed), { signal })));
    const { traceHash } = first!.outcome;
    expect(traceHash).toMatch(/^[0-9a-f]+$/);
    if (again!.outcome.traceHash !== traceHash) others.push(seed);
  }
  process.stdout.write(`replay: ${seeds.length} scenarios played twice, ${others.length} with another trace hash\n`);
  expect(others).toEqual([]);
});
