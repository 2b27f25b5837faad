/** A thread of the usual kind: one machine ID, and a loop that asks for the time until it is another. */
import { parentPort, workerData } from "node:worker_threads";
import { LOW_HALF } from "@shardflake/core";
import type { SpinningOrder } from "./spinning.js";

const { machineId, idsPerMs, board } = workerData as SpinningOrder;
const EPOCH_MS: number = Date.UTC(2020, 0, 1);
const BUFFERED = 2 ** 16;

const counters = new BigInt64Array(board);
const halves = new Uint32Array(BUFFERED * 2);
let [lastMs, sequence, at, issued] = [0, 0, 0, 0];

parentPort!.postMessage("ready");
Atomics.wait(counters, 0, 0n);
const endMs = Date.now() + Number(counters[0]);
while (lastMs < endMs) issue();
counters[machineId + 1] = BigInt(issued);

function issue(): void {
  let nowMs = Date.now();
  if (nowMs === lastMs && sequence === idsPerMs) {
    while (nowMs === lastMs) nowMs = Date.now();
  }
  if (nowMs !== lastMs) [lastMs, sequence] = [nowMs, 0];
  const tick = nowMs - EPOCH_MS;
  halves[at + 1 - LOW_HALF] = tick / 1024;
  halves[at + LOW_HALF] = ((tick & 1023) << 22) | (machineId << 12) | sequence++;
  at = (at + 2) % halves.length;
  issued++;
}
