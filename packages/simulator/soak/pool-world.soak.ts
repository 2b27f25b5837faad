import { type Outcome, profileScenario, simulatePool } from "@shardflake/simulator";
import { expect, it } from "vitest";

/** Scenarios of a few seconds each that must pass, SHARDFLAKE_SOAK_POOL_SEEDS of them. */
const WANTED = Number(process.env.SHARDFLAKE_SOAK_POOL_SEEDS ?? 50);
const PROFILES = ["hostile", "vm", "ntp", "swarm"] as const;
/** A fault that showed to nobody proves nothing: such runs are made up for, up to so many times what is wanted. */
const MOST_TRIES = 2;

it(`passes ${WANTED} scenarios in the pool world`, async () => {
  const tally = { pass: 0, unknown: 0, fail: 0 };
  const coverage: Record<string, number> = {};
  let issued = 0;
  for (let seed = 1; tally.pass < WANTED && seed <= WANTED * MOST_TRIES; seed++) {
    const profile = PROFILES[seed % PROFILES.length]!;
    const outcome = await simulatePool(profileScenario(profile, seed, { world: "pool" }));
    tally[outcome.verdict]++;
    issued += outcome.issued;
    add(coverage, outcome);
    expect(outcome.violations, `--world pool --profile ${profile} --seed ${seed}`).toEqual([]);
  }
  const lines = Object.entries(coverage).sort(([a], [b]) => a.localeCompare(b));
  process.stdout.write(
    `pool world: ${tally.pass} passed, ${tally.unknown} unknown, ${tally.fail} failed; ${issued} IDs\n` +
      lines.map(([name, count]) => `  ${name}: ${count}\n`).join(""),
  );
  expect(tally).toMatchObject({ fail: 0, pass: WANTED });
});

function add(sum: Record<string, number>, { coverage }: Outcome): void {
  for (const [name, count] of Object.entries(coverage)) sum[name] = (sum[name] ?? 0) + count;
}
