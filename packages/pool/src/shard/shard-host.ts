import { defineLayout, describeValue, type Layout, ShardflakeError, steadyClock } from "@shardflake/core";
import { machinesNeeded } from "../backfill/spread.js";
import { openClock } from "../clock-spec.js";
import { encoderFor } from "../encode/encoder.js";
import { FORMATS } from "../encode/format.js";
import { ReplaceableClock } from "../replaceable-clock.js";
import { backfillChunk } from "./backfill-chunk.js";
import { openLane } from "./lane.js";
import type { BackfillTask, ControlTask, OpenTask, PullTask, ShardAnswer, ShardBirth, ShardTask } from "./messages.js";
import { createShardRequest, type ShardRequest } from "./request.js";
import { createShard, type Shard } from "./shard.js";
import type { ShardControl } from "./shard-control.js";
import { placesOf, Shares } from "./shares.js";

/** Everything that happens in a shard's thread, apart from the messages themselves. */
export interface ShardHost {
  /** @throws ShardflakeError `TASK_INVALID`, before any tick is spent on the task */
  run(task: Exclude<ShardTask, ControlTask>): Promise<ShardAnswer>;
  readonly control: ShardControl;
}

export function createShardHost(birth: ShardBirth): ShardHost {
  const layout = defineLayout(birth.layout);
  const place = { kind: "shard", shard: birth.shard } as const;
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
    const source = new ReplaceableClock(await openClock(birth.clock, place));
    const clock = steadyClock(source);
    const { sequenceStart, maxWaitMs } = birth;
    const lanes = birth.leases.map((lease) => openLane(lease, { layout, clock, sequenceStart, maxWaitMs }));
    return { shard: createShard(layout, clock, lanes), source };
  };

  const open = (shard: Shard, task: OpenTask): ShardAnswer => {
    checkOpen(task);
    const { request, shares, place, format, spendableMs, buffers, cancelled } = task;
    need(!requests.has(request), "the number of a new `request`", request);
    const flag = new Int32Array(cancelled);
    const isCancelled = (): boolean => Atomics.load(flag, 0) !== 0;
    const encoder = encoderFor(format);
    const options = {
      shares: new Shares(shares, place, shard.idsPerTick),
      encoder,
      isCancelled,
      maxWaitMs: birth.maxWaitMs,
      spendableMs,
    };
    requests.set(request, { buffers, run: createShardRequest(shard, options) });
    return { kind: "opened" };
  };

  const pull = (shard: Shard, { request: number, buffer }: PullTask): ShardAnswer => {
    need(isCount(number), "a `request` number", number);
    const request = requests.get(number);
    if (request === undefined) return { kind: "ended" };
    const memory = isCount(buffer) ? request.buffers[buffer] : undefined;
    if (memory === undefined) throw invalid(`a \`buffer\` from 0 to ${request.buffers.length - 1}`, buffer);
    try {
      const answer = request.run.pull(memory);
      if (answer.last) requests.delete(number);
      return answer;
    } catch (error) {
      requests.delete(number);
      throw error;
    } finally {
      for (const lane of shard.lanes) lane.showStats();
    }
  };

  const run = async (task: Exclude<ShardTask, ControlTask>): Promise<ShardAnswer> => {
    need(task !== null && typeof task === "object", "a task", task);
    if (task.kind === "backfill") {
      checkBackfill(layout, task);
      return backfillChunk(layout, task);
    }
    const { shard } = await opened();
    switch (task.kind) {
      case "ready":
        return { kind: "ready" };
      case "open":
        return open(shard, task);
      case "pull":
        return pull(shard, task);
      default:
        throw invalid("a task of the kind ready, open, pull or backfill", (task as { readonly kind?: unknown }).kind);
    }
  };

  const control: ShardControl = {
    async inspect() {
      const { shard } = await opened();
      return { nowMs: shard.clock.now(), stepsSeen: shard.clock.steps, openRequests: requests.size };
    },
    async swapClock(spec) {
      const { source } = await opened();
      source.source = await openClock(spec, place);
    },
  };
  return { run, control };
}

function checkOpen({ request, shares, place, format, spendableMs, buffers, cancelled }: OpenTask): void {
  need(isCount(request), "a `request` number", request);
  const places = shares instanceof SharedArrayBuffer ? placesOf(shares) : 0;
  need(Number.isInteger(places) && places > 0, "`shares` as dealt shares in shared memory", shares);
  need(isCount(place) && place < places, `a \`place\` from 0 to ${places - 1}`, place);
  checkFormat(format);
  need(isCount(spendableMs), "`spendableMs`, an integer from 0", spendableMs);
  need(Array.isArray(buffers) && buffers.length > 0, "`buffers`, at least one", buffers);
  for (const buffer of buffers) checkBuffer(buffer, encoderFor(format).maxRecordBytes);
  const isFlag = cancelled instanceof SharedArrayBuffer && cancelled.byteLength === Int32Array.BYTES_PER_ELEMENT;
  need(isFlag, "`cancelled` as a SharedArrayBuffer of 4 bytes", cancelled);
}

function checkBackfill(layout: Layout, { plan, first, count, format, buffer }: BackfillTask): void {
  const spread = plan?.spread;
  need(spread !== null && typeof spread === "object", "a plan with a `spread`", spread);
  const { fromTick, toTick, total, idsPerTick } = spread;
  const isPeriod = isCount(fromTick) && fromTick >= 1 && isCount(toTick) && fromTick < toTick;
  need(isPeriod && toTick <= layout.maxTick + 1, "a period of ticks of the layout", `[${fromTick}, ${toTick})`);
  need(isCount(total) && total > 0, "a `total` of an integer from 1", total);
  need(idsPerTick === layout.idsPerTick, `\`idsPerTick\` of ${layout.idsPerTick}, as in the layout`, idsPerTick);
  const machines = machinesNeeded(spread);
  const { machineIds } = plan;
  need(Array.isArray(machineIds) && machineIds.length >= machines, `at least ${machines} \`machineIds\``, machineIds);
  need(isCount(first) && first < total, `\`first\` below ${total}`, first);
  need(isCount(count) && count <= total - first, `a \`count\` up to ${total - first}`, count);
  checkFormat(format);
  checkBuffer(buffer, count * encoderFor(format).maxRecordBytes);
}

function checkFormat(format: unknown): void {
  need((FORMATS as readonly unknown[]).includes(format), `a \`format\` of ${FORMATS.join(", ")}`, format);
}

/** Memory of another kind would be a copy that nobody reads. */
function checkBuffer(buffer: unknown, bytes: number): void {
  const fits = buffer instanceof SharedArrayBuffer && buffer.byteLength >= bytes;
  need(fits, `a SharedArrayBuffer of at least ${bytes} bytes`, buffer);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function need(holds: boolean, expected: string, got: unknown): void {
  if (!holds) throw invalid(expected, got);
}

function invalid(expected: string, got: unknown): ShardflakeError {
  const size = got instanceof SharedArrayBuffer ? ` of ${got.byteLength} bytes` : "";
  return new ShardflakeError(
    "TASK_INVALID",
    `Expected ${expected}, got ${describeValue(got)}${size}. Check what was sent to the shard's thread.`,
  );
}
