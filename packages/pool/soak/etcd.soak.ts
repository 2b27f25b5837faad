import { expect, it } from "vitest";
import { etcdRounds } from "../test/faults/etcd-rounds.js";
import { etcdBinary } from "../test/servers/etcd-cluster.js";

const ROUNDS = Number(process.env.SHARDFLAKE_SOAK_ROUNDS ?? 40);
const LEAST_IDS = 1_000_000;
const binary = etcdBinary("the long run of faults of etcd");

it.skipIf(binary === undefined)(`repeats no ID in ${ROUNDS} kills of the cluster's leader`, async () => {
  const { audit, table, outagesMs } = await etcdRounds(binary!, { rounds: ROUNDS, windowMs: 6000, batch: 1500 });
  const outages = outagesMs.map((ms) => Math.round(ms)).join(", ");
  process.stdout.write(`${table}no writes for ${outages} ms\n${JSON.stringify(audit)}\n`);
  expect(audit).toMatchObject({ duplicates: 0, stepsBack: 0 });
  expect(audit.count).toBeGreaterThanOrEqual(LEAST_IDS);
});
