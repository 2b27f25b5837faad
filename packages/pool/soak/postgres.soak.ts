import { expect, it } from "vitest";
import { postgresRounds } from "../test/faults/postgres-rounds.js";
import { postgresBinaries } from "../test/servers/postgres-server.js";

const ROUNDS = Number(process.env.SHARDFLAKE_SOAK_ROUNDS ?? 40);
const LEAST_IDS = 1_000_000;
const binaries = postgresBinaries("the long run of faults of PostgreSQL");

it.skipIf(binaries === undefined)(`repeats no ID in ${ROUNDS} rounds of faults of PostgreSQL`, async () => {
  const { audit, table } = await postgresRounds(binaries!, { rounds: ROUNDS, windowMs: 1500, batch: 1500 });
  process.stdout.write(`${table}${JSON.stringify(audit)}\n`);
  expect(audit).toMatchObject({ duplicates: 0, stepsBack: 0 });
  expect(audit.count).toBeGreaterThanOrEqual(LEAST_IDS);
});
