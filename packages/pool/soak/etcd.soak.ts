import { expect, it } from "vitest";
import { etcdBinary } from "../test/servers/etcd-cluster.js";
import { etcdRounds } from "./faults/etcd-rounds.js";

const ROUNDS = Number(process.env.SHARDFLAKE_SOAK_ROUNDS ?? 40);
const LEAST_IDS = 1_000_000;
const WINDOW_MS = 6000;
const binary = etcdBinary("the long run of faults of etcd");

it.skipIf(binary === undefined)(
  `repeats no ID in ${ROUNDS} kills of the cluster's leader, and nobody notices an outage shorter than half a window`,
  async () => {
    const options = { rounds: ROUNDS, windowMs: WINDOW_MS, batch: 1500 };
    const { audit, reports, table, outagesMs } = await etcdRounds(binary!, options);
    const outages = outagesMs.map((ms) => Math.round(ms)).join(", ");
    process.stdout.write(`${table}no writes for ${outages} ms\n${JSON.stringify(audit)}\n`);
    expect(audit).toMatchObject({ duplicates: 0, stepsBack: 0 });
    expect(audit.count).toBeGreaterThanOrEqual(Math.max(audit.acknowledged, LEAST_IDS));
    for (const [index, { refusals }] of reports.filter(({ fault }) => fault === "leader killed").entries()) {
      if (outagesMs[index]! < WINDOW_MS / 2) expect(refusals).toEqual([]);
    }
  },
);
