import { type Clock, type Layout, steadyClock, tickStartMs } from "@shardflake/core";
import { encoderFor } from "../encode/encoder.js";
import { createSlot } from "../slot/slot.js";
import { openLane } from "./lane.js";
import { createShardRequest } from "./request.js";
import { createShard } from "./shard.js";

const PULLS = 60;
const CHUNK_BYTES = 2 ** 17;

/**
 * Runs the path of a request in a world of its own: a clock that only sleeping moves, a slot nobody else sees, IDs that go
 * nowhere. A new thread runs unoptimised code; when 32 of them compile in the middle of their first request, ticks pass
 * that nobody may spend any more. So they compile before they say that they are ready.
 */
export function rehearse(layout: Layout): void {
  let nowMs = tickStartMs(layout, 1);
  const clock: Clock = {
    now: () => nowMs,
    monotonic: () => nowMs,
    sleep: (ms) => {
      nowMs += ms;
    },
  };
  const lease = { datacenterId: 0, machineId: 0, generation: 1, floor: 0, slot: createSlot(1, 0, layout.maxTick) };
  const steady = steadyClock(clock);
  const lane = openLane(lease, { layout, clock: steady, sequenceStart: "zero", maxWaitMs: Number.MAX_SAFE_INTEGER });
  const shard = createShard(layout, steady, [lane]);
  const encoder = encoderFor("u64le");
  const request = createShardRequest(shard, {
    share: Number.MAX_SAFE_INTEGER,
    encoder,
    isCancelled: () => false,
    maxWaitMs: Number.MAX_SAFE_INTEGER,
  });
  const buffer = new SharedArrayBuffer(CHUNK_BYTES);
  // A layout that lasts for milliseconds ends before the rehearsal does.
  for (let pull = 0; pull < PULLS && nowMs < layout.lifetimeEndMs / 2; pull++) request.pull(buffer);
}
