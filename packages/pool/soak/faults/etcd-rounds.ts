import { defineLayout, systemClock } from "@shardflake/core";
import { createEtcdStore, etcdStore } from "../../src/store/etcd/etcd.js";
import { type EtcdCluster, startEtcd } from "../../test/servers/etcd-cluster.js";
import { writeOf } from "../../test/store/registers.js";
import { type FaultRounds, FleetUnderFaults } from "./fleet-under-faults.js";

const LEAST_IDS = 1000;

export interface EtcdRounds extends FaultRounds {
  /** After each kill of a leader: how long nobody could write, milliseconds. */
  readonly outagesMs: readonly number[];
}

/** Two processes on a cluster of three members whose leader is killed again and again, and one of which is killed, too. */
export async function etcdRounds(
  binary: string,
  { rounds, windowMs, batch }: { readonly rounds: number; readonly windowMs: number; readonly batch: number },
): Promise<EtcdRounds> {
  const cluster = await startEtcd(binary);
  const fleet = new FleetUnderFaults({ store: cluster.store, windowMs, waitMs: windowMs, batch, pauseMs: 10 }, 2);
  const outagesMs: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const leader = await cluster.leader();
      await fleet.suffer("leader killed", LEAST_IDS, async () => {
        outagesMs.push(await outageOf(cluster, () => cluster.stop(leader, "SIGKILL")));
        // The renewals that fell into it are over by then.
        await new Promise((resolve) => setTimeout(resolve, windowMs / 3));
      });
      cluster.start(leader);
      await cluster.ready();
      await fleet.suffer("process killed and restarted", LEAST_IDS, () => fleet.killAndRestart(round % 2));
    }
    return { ...(await fleet.finish()), outagesMs };
  } finally {
    await fleet.remove();
    await cluster.remove();
  }
}

/** An election is over by then, whatever was seen of it. */
const MOST_OUTAGE_MS = 10_000;

/** Writes as fast as it can, through the fault, until it can write again; returns the longest time between two writes. */
async function outageOf(cluster: EtcdCluster, fault: () => Promise<void>): Promise<number> {
  const store = createEtcdStore(etcdStore(cluster.store).options, systemClock);
  await store.open(`probe-${performance.now()}`, defineLayout());
  let longestMs = 0;
  let latestMs = performance.now();
  const write = async (): Promise<boolean> => {
    try {
      const [stored] = await store.read();
      await store.write([writeOf(0, stored?.version ?? 0)]);
    } catch {
      return false;
    }
    longestMs = Math.max(longestMs, performance.now() - latestMs);
    latestMs = performance.now();
    return true;
  };
  while (!(await write()));
  longestMs = 0;
  const startMs = performance.now();
  const faulty = fault();
  let hasFailed = false;
  while (performance.now() - startMs < MOST_OUTAGE_MS) {
    const isWritten = await write();
    if (isWritten && hasFailed) break;
    hasFailed ||= !isWritten;
  }
  await faulty;
  await store.close();
  return longestMs;
}
