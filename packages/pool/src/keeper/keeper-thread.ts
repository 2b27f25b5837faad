import { parentPort, workerData } from "node:worker_threads";
import { ShardflakeError } from "@shardflake/core";
import { expose } from "comlink";
import { toWire } from "../error-wire.js";
import type { Keeper } from "./keeper.js";
import type { KeeperBirth, KeeperNotice, KeeperService, Reply } from "./keeper-thread-protocol.js";
import { startLocalKeeper } from "./local-keeper.js";

/** Entry of the keeper's thread: the local keeper and the store's client, behind messages. */
const { settings, port } = workerData as KeeperBirth;
let keeper: Keeper | undefined;

const service: KeeperService = {
  start: () =>
    reply(async () => {
      keeper = await startLocalKeeper({
        ...settings,
        onLost: (leases) => notify({ kind: "lost", leases }),
        onWarning: (warning) => notify({ kind: "warned", warning }),
      });
    }),
  acquire: (request) => reply(() => running().acquire(request)),
  release: (leases) => reply(() => running().release(leases)),
  inspect: () => reply(() => running().inspect()),
  storeTimeMs: () => reply(() => running().storeTimeMs()),
  reserveBackfill: (count) => reply(() => running().reserveBackfill(count)),
  forceRelease: (datacenterId, machineId) => reply(() => running().forceRelease(datacenterId, machineId)),
  raiseFloors: (toMs) => reply(() => running().raiseFloors(toMs)),
  horizonTick: () => reply(() => running().horizonTick()),
  close: () => reply(() => running().close()),
};

expose(service, port);

function notify(notice: KeeperNotice): void {
  parentPort?.postMessage(notice);
}

async function reply<Value>(work: () => Promise<Value>): Promise<Reply<Value>> {
  try {
    return { kind: "done", value: await work() };
  } catch (error) {
    return { kind: "failed", error: toWire(error) };
  }
}

function running(): Keeper {
  if (keeper !== undefined) return keeper;
  throw new ShardflakeError("KEEPER_CLOSED", "Expected a keeper that was started, got one that was not.");
}
