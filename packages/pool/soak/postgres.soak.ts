import { expect, it } from "vitest";
import { postgresBinaries } from "../test/servers/postgres-server.js";
import { postgresRounds } from "./faults/postgres-rounds.js";

const ROUNDS = Number(process.env.SHARDFLAKE_SOAK_ROUNDS ?? 40);
const LEAST_IDS = 1_000_000;
const binaries = postgresBinaries("the long run of faults of PostgreSQL");

it.skipIf(binaries === undefined)(
  `repeats no ID in ${ROUNDS} rounds in which PostgreSQL restarts, connections are cut and answers are lost after the commit`,
  async () => {
    const options = { rounds: ROUNDS, windowMs: 1500, batch: 1500 };
    const { audit, reports, table } = await postgresRounds(binaries!, options);
    process.stdout.write(`${table}${JSON.stringify(audit)}\n`);
    expect(audit).toMatchObject({ duplicates: 0, stepsBack: 0 });
    expect(audit.count).toBeGreaterThanOrEqual(Math.max(audit.acknowledged, LEAST_IDS));
    for (const { code, retryAfterMs } of reports.flatMap((report) => report.refusals)) {
      expect(["WINDOW_EXHAUSTED", "STORE_UNAVAILABLE", "FLOOR_AHEAD"]).toContain(code);
      if (code === "WINDOW_EXHAUSTED") expect(retryAfterMs).toBeGreaterThan(0);
    }
    expect(reports.at(-1)!.refusals.map(({ code }) => code)).toContain("WINDOW_EXHAUSTED");
  },
);
