import { expect, it } from "vitest";
import { postgresBinaries } from "../servers/postgres-server.js";
import { postgresRounds } from "./postgres-rounds.js";

const binaries = postgresBinaries("faults of PostgreSQL");

it.skipIf(binaries === undefined)(
  "repeats no ID while PostgreSQL restarts, connections are cut and answers are lost after the commit",
  async () => {
    const { audit, reports, table } = await postgresRounds(binaries!, { rounds: 1, windowMs: 1200, batch: 500 });
    process.stdout.write(`${table}${JSON.stringify(audit)}\n`);
    expect(audit).toMatchObject({ duplicates: 0, stepsBack: 0 });
    expect(audit.count).toBeGreaterThanOrEqual(audit.acknowledged);
    const refusals = reports.flatMap((report) => report.refusals);
    for (const { code, retryAfterMs } of refusals) {
      expect(["WINDOW_EXHAUSTED", "STORE_UNAVAILABLE", "FLOOR_AHEAD"]).toContain(code);
      if (code === "WINDOW_EXHAUSTED") expect(retryAfterMs).toBeGreaterThan(0);
    }
    expect(reports.at(-1)!.refusals.map(({ code }) => code)).toContain("WINDOW_EXHAUSTED");
  },
  120_000,
);
