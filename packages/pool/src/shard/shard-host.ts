import { defineLayout, ShardflakeError, steadyClock } from "@shardflake/core";
import { openClock } from "../clock-spec.js";
import { encoderFor } from "../encode/encoder.js";
import { ReplaceableClock } from "../replaceable-clock.js";
import { publishStats } from "../slot/slot.js";
import { backfillChunk } from "./backfill-chunk.js";
import { openLane } from "./lane.js";
import type { ControlTask, OpenTask, PullTask, ShardAnswer, ShardBirth, ShardTask } from "./messages.js";
import { createShardRequest, type ShardRequest } from "./request.js";
import { createShard, type Shard } from "./shard.js";
import type { ShardControl } from "./shard-control.js";

/** Everything that happens in a shard's thread, apart from the messages themselves. */
export interface ShardHost {
  run(task: Exclude<ShardTask, ControlTask>): Promise<ShardAnswer>;
  readonly control: ShardControl;
}

export function createShardHost(birth: ShardBirth): ShardHost {
  const layout = defineLayout(birth.layout);
  const requests = new Map<number, OpenRequest>();
  // Opened by the first task, so that a failure is that task's answer and not a thread that dies at birth.
  let opening: Promise<OpenedShard> | undefined;
  const opened = (): Promise<OpenedShard> => {
    opening ??= openShard();
    return opening;
  };

  interface OpenRequest {
    readonly buffers: readonly SharedArrayBuffer[];
    readonly run: ShardRequest;
  }

  interface OpenedShard {
    readonly shard: Shard;
    readonly source: ReplaceableClock;
  }

  const openShard = async (): Promise<OpenedShard> => {
    const source = new ReplaceableClock(await openClock(birth.clock));
    const clock = steadyClock(source);
    const { sequenceStart, maxWaitMs } = birth;
    const lanes = birth.leases.map((lease) => openLane(lease, { layout, clock, sequenceStart, maxWaitMs }));
    return { shard: createShard(layout, clock, lanes), source };
  };

  const open = (shard: Shard, { request, share, format, buffers, cancelled }: OpenTask): ShardAnswer => {
    const flag = new Int32Array(cancelled);
    const isCancelled = (): boolean => Atomics.load(flag, 0) !== 0;
    const encoder = encoderFor(format);
    const { maxWaitMs } = birth;
    requests.set(request, { buffers, run: createShardRequest(shard, { share, encoder, isCancelled, maxWaitMs }) });
    return { kind: "opened" };
  };

  const pull = (shard: Shard, { request: number, buffer }: PullTask): ShardAnswer => {
    const request = requests.get(number);
    const memory = request?.buffers[buffer];
    if (request === undefined || memory === undefined) return { kind: "ended" };
    try {
      const answer = request.run.pull(memory);
      if (request.run.done) requests.delete(number);
      return answer;
    } catch (error) {
      requests.delete(number);
      throw error;
    } finally {
      for (const { lease, generator } of shard.lanes) {
        publishStats(lease.slot, { ...generator.stats(), stepsSeen: shard.clock.steps });
      }
    }
  };

  const run = async (task: Exclude<ShardTask, ControlTask>): Promise<ShardAnswer> => {
    if (task.kind === "backfill") return backfillChunk(layout, task);
    const { shard } = await opened();
    switch (task.kind) {
      case "ready":
        return { kind: "ready" };
      case "open":
        return open(shard, task);
      case "pull":
        return pull(shard, task);
      default:
        throw new ShardflakeError("TASK_INVALID", `Expected a task of a known kind, got ${JSON.stringify(task)}.`);
    }
  };

  const control: ShardControl = {
    async inspect() {
      const { shard } = await opened();
      return { nowMs: shard.clock.now(), stepsSeen: shard.clock.steps, openRequests: requests.size };
    },
    async swapClock(spec) {
      const { source } = await opened();
      source.source = await openClock(spec);
    },
  };
  return { run, control };
}
