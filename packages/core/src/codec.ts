import { describeValue, LayoutError, ParseError } from "./errors.js";
import { type Layout, tickAt, tickStartMs } from "./layout.js";

/** The sections of one ID. */
export interface IdSections {
  readonly tick: number;
  readonly datacenterId: number;
  readonly machineId: number;
  readonly sequence: number;
}

/** The sections of one ID, and the time they stand for. */
export interface DecomposedId extends IdSections {
  /** Unix milliseconds at the start of the ID's tick. */
  readonly timestampMs: number;
}

/** The smallest and the largest ID of a period, both inclusive. */
export interface IdBounds {
  readonly min: bigint;
  readonly max: bigint;
}

/**
 * Puts the sections together: `tick | datacenterId | machineId | sequence`. Exact for every layout, and too slow for a
 * hot path: generators compose once a tick.
 *
 * @throws LayoutError `SECTION_OUT_OF_RANGE` when a section is no integer or does not fit the layout
 */
export function compose(layout: Layout, sections: IdSections): bigint {
  const tick = section("tick", sections.tick, layout.maxTick);
  const datacenterId = section("datacenterId", sections.datacenterId, layout.datacenters - 1);
  const machineId = section("machineId", sections.machineId, layout.machinesPerDatacenter - 1);
  const sequence = section("sequence", sections.sequence, layout.idsPerTick - 1);
  let id = BigInt(tick);
  id = (id << BigInt(layout.datacenterBits)) | BigInt(datacenterId);
  id = (id << BigInt(layout.machineBits)) | BigInt(machineId);
  return (id << BigInt(layout.sequenceBits)) | BigInt(sequence);
}

/**
 * Takes an ID apart. Tick 0 is accepted: others may have issued it.
 *
 * @example
 * ```ts
 * import { decompose, presets } from "@shardflake/core";
 *
 * const { timestampMs, sequence } = decompose(presets.discord, 175928847299117063n);
 * console.log(new Date(timestampMs).toISOString(), sequence); // 2016-04-30T11:18:25.796Z 7
 * ```
 * @throws ParseError `PARSE_TYPE` when the ID is no bigint, `ID_OUT_OF_RANGE` when its sign bit is set or it has more
 * bits than the layout
 */
export function decompose(layout: Layout, id: bigint): DecomposedId {
  checkId(id, layout.totalBits);
  let rest = id;
  const take = (bits: number): number => {
    const taken = Number(BigInt.asUintN(bits, rest));
    rest >>= BigInt(bits);
    return taken;
  };
  const sequence = take(layout.sequenceBits);
  const machineId = take(layout.machineBits);
  const datacenterId = take(layout.datacenterBits);
  const tick = Number(rest);
  return { tick, datacenterId, machineId, sequence, timestampMs: tickStartMs(layout, tick) };
}

/**
 * The smallest ID of the tick that contains a time (Unix milliseconds).
 *
 * @throws LayoutError `SECTION_OUT_OF_RANGE` when the time is not finite, before the epoch or after the lifetime
 */
export function idAt(layout: Layout, timeMs: number): bigint {
  const tick = tickAt(layout, timeMs);
  if (!(tick >= 0 && tick <= layout.maxTick)) {
    throw new LayoutError(
      "SECTION_OUT_OF_RANGE",
      `Expected a time from Unix millisecond ${layout.epochMs} up to, not including, ${layout.lifetimeEndMs}, ` +
        `got ${describeValue(timeMs)}. Take a time within the lifetime of layout ${layout.digest}.`,
    );
  }
  return compose(layout, { tick, datacenterId: 0, machineId: 0, sequence: 0 });
}

/**
 * The smallest and the largest ID whose tick starts within `[fromMs, toMs)` (Unix milliseconds), both inclusive, for
 * `WHERE id BETWEEN min AND max`. A tick belongs to the period in which it starts, so the ranges of adjacent periods
 * are disjoint and leave nothing out, also with ticks longer than 1 ms. Periods are cut to the ticks that can be
 * issued, 1 to `maxTick`.
 *
 * @throws LayoutError `PERIOD_INVALID` when an end is no finite number, when the period is empty or backwards, when it
 * lies outside the lifetime, or when no tick starts in it
 */
export function bounds(layout: Layout, fromMs: number, toMs: number): IdBounds {
  if (!Number.isFinite(fromMs) || !Number.isFinite(toMs) || fromMs >= toMs) {
    throw periodError("from < to, in finite Unix milliseconds", fromMs, toMs, "Give the earlier time first.");
  }
  const firstTick = Math.max(1, firstTickFrom(layout, fromMs));
  const lastTick = Math.min(layout.maxTick, firstTickFrom(layout, toMs) - 1);
  if (firstTick > lastTick) {
    const issuable = `${tickStartMs(layout, 1)} to ${tickStartMs(layout, layout.maxTick)}`;
    throw periodError(
      `at least one tick that starts within it (every ${layout.tickMs} ms, ${issuable})`,
      fromMs,
      toMs,
      `Take a longer period, or one within the lifetime of layout ${layout.digest}.`,
    );
  }
  return {
    min: compose(layout, { tick: firstTick, datacenterId: 0, machineId: 0, sequence: 0 }),
    max: compose(layout, {
      tick: lastTick,
      datacenterId: layout.datacenters - 1,
      machineId: layout.machinesPerDatacenter - 1,
      sequence: layout.idsPerTick - 1,
    }),
  };
}

/** Refuses what is no bigint from 0 up to, not including, `2 ** bits`. */
export function checkId(id: unknown, bits: number): asserts id is bigint {
  if (typeof id !== "bigint") {
    throw new ParseError("PARSE_TYPE", `Expected an ID as a bigint, got ${describeValue(id)}. Parse the text first.`);
  }
  if (id < 0n || id >> BigInt(bits) !== 0n) {
    throw new ParseError(
      "ID_OUT_OF_RANGE",
      `Expected an ID of at most ${bits} bits with sign bit 0, got ${describeValue(id)}. ` +
        "Check that the ID was made with this layout.",
    );
  }
}

function section(name: keyof IdSections, value: unknown, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new LayoutError(
    "SECTION_OUT_OF_RANGE",
    `Expected \`${name}\` to be an integer from 0 to ${most}, got ${describeValue(value)}. ` +
      "Check that the value belongs to this layout.",
  );
}

/** First tick that starts at or after a time. The same function cuts both ends, so adjacent periods share no tick. */
function firstTickFrom(layout: Layout, timeMs: number): number {
  return Math.ceil((timeMs - layout.epochMs) / layout.tickMs);
}

function periodError(expected: string, fromMs: unknown, toMs: unknown, remedy: string): LayoutError {
  return new LayoutError(
    "PERIOD_INVALID",
    `Expected a period with ${expected}, got ${describeValue(fromMs)} to ${describeValue(toMs)}. ${remedy}`,
  );
}
