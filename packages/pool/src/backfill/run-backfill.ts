import { describeValue, idWriter, type Layout, ShardflakeError } from "@shardflake/core";
import { checkChoice, checkFiniteCount, checkNames } from "../check-arguments.js";
import type { Delivered, Receive } from "../delivery/delivery.js";
import { encoderFor } from "../encode/encoder.js";
import { FORMATS, type Format } from "../encode/format.js";
import { acquireUntil } from "../keeper/acquire-until.js";
import type { Keeper } from "../keeper/keeper.js";
import type { Lease } from "../keeper/lease.js";
import { byMachineId, machineNumber } from "../register/machine-id.js";
import type { MachineId } from "../register/register.js";
import type { Seat } from "../seat.js";
import { chunkWriter } from "../shard/chunk-writer.js";
import type { ChunkAnswer } from "../shard/messages.js";
import { openShardWindow } from "../slot/slot-window.js";
import { RowTicks } from "./rows.js";
import { machinesNeeded, type Spread, type SpreadRun } from "./spread.js";

/** New IDs for a past period, in the order of their time: spread evenly, or one for each row's time. */
export type Backfill = {
  readonly format: Format;
  readonly signal?: AbortSignal;
} & (
  | {
      /** The half-open period `[fromMs, toMs)`, Unix milliseconds; it must not end after now. */
      readonly fromMs: number;
      readonly toMs: number;
      readonly count: number;
    }
  | {
      /** Unix milliseconds of every row, in any order; the IDs come in the order of the rows. */
      readonly timesMs: readonly number[] | Float64Array;
    }
);

/** What a backfill needs of its pool. */
export interface BackfillContext {
  readonly layout: Layout;
  readonly among: readonly MachineId[] | null;
  readonly waitMs: number;
  readonly keeper: Keeper;
  readonly seats: readonly Seat[];
  readonly receive: Receive;
  readonly signal: AbortSignal;
}

/** IDs a task writes: a few milliseconds of work. */
const TASK_IDS = 2 ** 16;
const TASKS_PER_SHARD = 2;

/** @throws as `Pool.backfill` */
export async function runBackfill(context: BackfillContext, options: Backfill): Promise<Delivered> {
  context.signal.throwIfAborted();
  const isOfRows = "timesMs" in options;
  checkNames(options, ["format", "signal", ...(isOfRows ? ["timesMs"] : ["fromMs", "toMs", "count"])]);
  checkChoice("format", options.format, FORMATS);
  return isOfRows ? backfillRows(context, options) : backfillPeriod(context, options);
}

async function backfillPeriod(
  context: BackfillContext,
  { fromMs, toMs, count, format }: Extract<Backfill, { fromMs: number }>,
): Promise<Delivered> {
  const { layout, seats } = context;
  checkFiniteCount(count);
  const fromTick = startingTick(layout, "fromMs", fromMs);
  const toTick = startingTick(layout, "toMs", toMs);
  if (fromTick >= toTick) {
    throw periodInvalid(`a period in which at least one tick of ${layout.tickMs} ms starts`, `[${fromMs}, ${toMs})`);
  }
  if (count === 0) return { count: 0, ticks: null };
  if (seats.length === 0) {
    throw new ShardflakeError("NO_SHARDS", "Expected a pool of at least one shard for a backfill, got 0.");
  }
  const spread: Spread = { fromTick, toTick, total: count, idsPerTick: layout.idsPerTick };
  return withPeriod(context, { fromTick, toTick, machines: machinesNeeded(spread) }, async (leases) => {
    const plan = { spread, machineIds: leases.map(({ datacenterId, machineId }) => ({ datacenterId, machineId })) };
    const buffers = seats.flatMap((seat) =>
      Array.from({ length: TASKS_PER_SHARD }, () => ({
        seat,
        buffer: new SharedArrayBuffer(TASK_IDS * encoderFor(format).maxRecordBytes),
      })),
    );
    // Tasks are received in the order they were sent, and each buffer goes out again once it was received.
    const inWork: {
      readonly answer: Promise<ChunkAnswer | undefined>;
      readonly seat: Seat;
      readonly buffer: SharedArrayBuffer;
    }[] = [];
    let first = 0;
    const send = (seat: Seat, buffer: SharedArrayBuffer): void => {
      if (first >= count) return;
      const part = Math.min(TASK_IDS, count - first);
      const answer = seat.thread.chunk({ kind: "backfill", plan, first, count: part, format, buffer });
      // An answer that is not awaited any more, because an earlier one failed, must not end the process.
      answer.catch(() => {});
      inWork.push({ answer, seat, buffer });
      first += part;
    };
    for (const { seat, buffer } of buffers) send(seat, buffer);
    for (let task = inWork.shift(); task !== undefined; task = inWork.shift()) {
      const chunk = (await task.answer)!;
      context.signal.throwIfAborted();
      await context.receive([new Uint8Array(task.buffer, 0, chunk.bytes)], chunk.count);
      context.signal.throwIfAborted();
      send(task.seat, task.buffer);
    }
    return count;
  });
}

async function backfillRows(
  context: BackfillContext,
  { timesMs, format }: Extract<Backfill, { timesMs: unknown }>,
): Promise<Delivered> {
  const { layout } = context;
  if (!Array.isArray(timesMs) && !(timesMs instanceof Float64Array)) {
    throw periodInvalid("`timesMs` to be an array of numbers or a Float64Array", describeValue(timesMs));
  }
  const ticks = Float64Array.from(timesMs, (timeMs, row) => rowTick(layout, timeMs, row));
  if (ticks.length === 0) return { count: 0, ticks: null };
  const rows = new RowTicks(ticks, layout.idsPerTick);
  return withPeriod(context, rows.plan(), async (leases) => {
    const owners = leases.map((lease) => ({
      writer: idWriter(layout, lease.datacenterId, lease.machineId),
      machineKey: machineNumber(layout, lease),
    }));
    const encoder = encoderFor(format);
    const buffer = new ArrayBuffer(TASK_IDS * encoder.maxRecordBytes);
    let chunk = chunkWriter(buffer, encoder);
    const flush = async (): Promise<void> => {
      const { bytes, count } = chunk.finish({ finishedTick: 0, last: false });
      if (count > 0) await context.receive([new Uint8Array(buffer, 0, bytes)], count);
      context.signal.throwIfAborted();
      chunk = chunkWriter(buffer, encoder);
    };
    for (const run of rows.runs()) {
      let rest: SpreadRun = run;
      while (rest.count > 0) {
        const written = chunk.write(rest, owners[rest.machine]!);
        rest = { ...rest, sequence: rest.sequence + written, count: rest.count - written };
        if (rest.count > 0) await flush();
      }
    }
    await flush();
    return ticks.length;
  });
}

/** Takes backfill machine IDs, spends the whole period on them before the first ID leaves, and gives them back. */
async function withPeriod(
  { keeper, layout, among, waitMs, signal }: BackfillContext,
  { fromTick, toTick, machines }: { fromTick: number; toTick: number; machines: number },
  write: (leases: readonly Lease[]) => Promise<number>,
): Promise<Delivered> {
  if (machines > (among?.length ?? layout.machines)) {
    throw periodInvalid(
      `at most ${(among?.length ?? layout.machines) * layout.idsPerTick} IDs a tick`,
      `a tick that needs ${machines} machine IDs`,
    );
  }
  const wanted = { purpose: "backfill", afterTick: fromTick - 1, toTick: toTick - 1 } as const;
  const leases = await acquireUntil(signal, keeper, { count: machines, wanted, among, waitMs });
  try {
    leases.sort(byMachineId);
    for (const lease of leases) openShardWindow(lease).admit(toTick - 1);
    const count = await write(leases);
    return { count, ticks: { first: fromTick, last: toTick - 1 } };
  } finally {
    await keeper.release(leases);
  }
}

/** The first tick that starts at or after the time; tick 0 is never issued. */
function startingTick(layout: Layout, name: string, timeMs: unknown): number {
  const tick = typeof timeMs === "number" ? Math.ceil((timeMs - layout.epochMs) / layout.tickMs) : Number.NaN;
  if (tick >= 1 && tick <= layout.maxTick + 1) return tick;
  throw periodInvalid(`\`${name}\` in Unix milliseconds ${lifetimeOf(layout)}`, describeValue(timeMs));
}

function rowTick(layout: Layout, timeMs: unknown, row: number): number {
  const tick = typeof timeMs === "number" ? Math.floor((timeMs - layout.epochMs) / layout.tickMs) : Number.NaN;
  if (tick >= 1 && tick <= layout.maxTick) return tick;
  throw periodInvalid(`the time of row ${row + 1} in Unix milliseconds ${lifetimeOf(layout)}`, describeValue(timeMs));
}

function lifetimeOf({ epochMs, lifetimeEndMs }: Layout): string {
  return `after the epoch ${epochMs} and up to ${lifetimeEndMs}, the end of the lifetime`;
}

function periodInvalid(expected: string, got: string): ShardflakeError {
  return new ShardflakeError("PERIOD_INVALID", `Expected ${expected}, got ${got}.`);
}
