import { expect, it } from "vitest";
import { etcdBinary } from "../servers/etcd-cluster.js";
import { etcdRounds } from "./etcd-rounds.js";

const binary = etcdBinary("faults of etcd");
const WINDOW_MS = 6000;

it.skipIf(binary === undefined)(
  "repeats no ID while the leader of the cluster is killed, and nobody notices an outage shorter than half a window",
  async () => {
    const { audit, reports, table, outagesMs } = await etcdRounds(binary!, {
      rounds: 1,
      windowMs: WINDOW_MS,
      batch: 500,
    });
    const outages = outagesMs.map((ms) => Math.round(ms)).join(", ");
    process.stdout.write(`${table}no writes for ${outages} ms\n${JSON.stringify(audit)}\n`);
    expect(audit).toMatchObject({ duplicates: 0, stepsBack: 0 });
    expect(audit.count).toBeGreaterThanOrEqual(audit.acknowledged);
    for (const [index, { refusals }] of reports.filter(({ fault }) => fault === "leader killed").entries()) {
      if (outagesMs[index]! < WINDOW_MS / 2) expect(refusals).toEqual([]);
    }
  },
  120_000,
);
