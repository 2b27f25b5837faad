import { describeValue, LayoutError } from "./errors.js";
import { timeMsOf } from "./quantity/time.js";

/** What {@link defineLayout} takes. Everything left out has the classic default. */
export interface LayoutOptions {
  /** @default 41 */
  readonly timestampBits?: number;
  /** @default 5 */
  readonly datacenterBits?: number;
  /** @default 5 */
  readonly machineBits?: number;
  /** @default 12 */
  readonly sequenceBits?: number;
  /** Start of tick 0: Unix milliseconds, a Date, or ISO 8601 text, in UTC unless it names a zone. @default 2020-01-01T00:00:00Z */
  readonly epoch?: number | Date | string;
  /** Length of a tick in milliseconds. @default 1 */
  readonly tickMs?: number;
}

/** The section lengths, epoch and tick of an ID: `0 | timestamp | datacenter ID | machine ID | sequence`, and what follows from them. */
export interface Layout {
  readonly timestampBits: number;
  readonly datacenterBits: number;
  readonly machineBits: number;
  readonly sequenceBits: number;
  /** Unix milliseconds at the start of tick 0. Tick 0 itself is never issued, so ID 0 does not exist. */
  readonly epochMs: number;
  readonly tickMs: number;
  /** Bits in use, at most 63; the sign bit is never one of them. */
  readonly totalBits: number;
  /** Largest tick of the timestamp section. */
  readonly maxTick: number;
  readonly datacenters: number;
  readonly machinesPerDatacenter: number;
  /** Machine IDs in all datacenters together. */
  readonly machines: number;
  /** IDs one machine ID may issue in one tick: 2 ** sequenceBits. */
  readonly idsPerTick: number;
  /** First Unix millisecond that no ID of this layout can carry. */
  readonly lifetimeEndMs: number;
  /** The most all machine IDs together may issue in a second. */
  readonly ceilingPerSecond: number;
  /** Whether every ID is exact as a JavaScript number (at most 53 bits). */
  readonly fitsNumber: boolean;
  /** Two layouts have the same digest exactly when they make the same IDs. Letters, digits and dashes only. */
  readonly digest: string;
}

const OPTION_NAMES = ["timestampBits", "datacenterBits", "machineBits", "sequenceBits", "epoch", "tickMs"] as const;

/** Largest distance from 1970 that a JavaScript Date can express (ECMA-262, section "Time Values and Time Range"). */
const MAX_DATE_MS = 8.64e15;

const DEFAULT_EPOCH_MS = Date.UTC(2020, 0, 1);

/**
 * Checks section lengths, epoch and tick, and returns the frozen layout with its limits.
 *
 * @example
 * ```ts
 * import { defineLayout } from "@shardflake/core";
 *
 * const layout = defineLayout({ timestampBits: 39, datacenterBits: 8, machineBits: 8, sequenceBits: 8, tickMs: 10 });
 * console.log(layout.idsPerTick); // 256
 * ```
 * @throws LayoutError `LAYOUT_INVALID` when an option is unknown, has the wrong type, lies outside its range
 * (timestamp 1–53 bits, datacenter and machine 0–16, sequence 0–32, sum at most 63, tick an integer of at least 1 ms,
 * epoch a valid time), or when the end of the lifetime is no valid time.
 */
export function defineLayout(options: LayoutOptions = {}): Layout {
  checkOptionNames(options);
  const timestampBits = bits("timestampBits", options.timestampBits ?? 41, 1, 53);
  const datacenterBits = bits("datacenterBits", options.datacenterBits ?? 5, 0, 16);
  const machineBits = bits("machineBits", options.machineBits ?? 5, 0, 16);
  const sequenceBits = bits("sequenceBits", options.sequenceBits ?? 12, 0, 32);
  const totalBits = timestampBits + datacenterBits + machineBits + sequenceBits;
  if (totalBits > 63) {
    throw new LayoutError(
      "LAYOUT_INVALID",
      `Expected section lengths that sum to at most 63 bits (the sign bit stays 0), got ${totalBits} = ` +
        `${timestampBits} + ${datacenterBits} + ${machineBits} + ${sequenceBits}. Shorten a section.`,
    );
  }
  const tickMs = bits("tickMs", options.tickMs ?? 1, 1, MAX_DATE_MS);
  const epochMs = epochOf(options.epoch ?? DEFAULT_EPOCH_MS);
  const ticks = 2 ** timestampBits;
  const lifetimeEndMs = epochMs + ticks * tickMs;
  if (!(lifetimeEndMs <= Number.MAX_SAFE_INTEGER)) {
    throw new LayoutError(
      "LAYOUT_INVALID",
      `Expected a lifetime that ends before Unix millisecond 2^53, got epoch ${epochMs} + 2^${timestampBits} ticks of ` +
        `${tickMs} ms. Take fewer timestamp bits or a shorter tick.`,
    );
  }
  const machines = 2 ** (datacenterBits + machineBits);
  const idsPerTick = 2 ** sequenceBits;
  return Object.freeze({
    timestampBits,
    datacenterBits,
    machineBits,
    sequenceBits,
    epochMs,
    tickMs,
    totalBits,
    maxTick: ticks - 1,
    datacenters: 2 ** datacenterBits,
    machinesPerDatacenter: 2 ** machineBits,
    machines,
    idsPerTick,
    lifetimeEndMs,
    ceilingPerSecond: (machines * idsPerTick * 1000) / tickMs,
    fitsNumber: totalBits <= 53,
    digest: `${timestampBits}-${datacenterBits}-${machineBits}-${sequenceBits}-${tickMs}ms-${epochMs}`,
  });
}

/** Turns a time into the tick that contains it; may lie outside the layout's range. */
export function tickAt(layout: Layout, timeMs: number): number {
  return Math.floor((timeMs - layout.epochMs) / layout.tickMs);
}

/** Unix milliseconds at the start of a tick. */
export function tickStartMs(layout: Layout, tick: number): number {
  return layout.epochMs + tick * layout.tickMs;
}

function checkOptionNames(options: LayoutOptions): void {
  if (options === null || typeof options !== "object" || Array.isArray(options)) {
    throw new LayoutError("LAYOUT_INVALID", `Expected layout options as an object, got ${describeValue(options)}.`);
  }
  for (const name of Object.keys(options)) {
    if (!(OPTION_NAMES as readonly string[]).includes(name)) {
      throw new LayoutError(
        "LAYOUT_INVALID",
        `Expected only the layout options ${OPTION_NAMES.join(", ")}, got ${describeValue(name)}.`,
      );
    }
  }
}

function bits(name: string, value: unknown, least: number, most: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
    throw new LayoutError(
      "LAYOUT_INVALID",
      `Expected \`${name}\` to be an integer from ${least} to ${most}, got ${describeValue(value)}.`,
    );
  }
  return value;
}

/**
 * Date.parse takes a text without a zone for local time: hosts in two zones would have two layouts, and IDs in common. Digits
 * alone could be a year or milliseconds.
 */
function epochOf(epoch: unknown): number {
  const text = typeof epoch === "string" && !/^\d+$/.test(epoch) ? timeMsOf(epoch) : epoch;
  const ms = epoch instanceof Date ? epoch.getTime() : text;
  if (typeof ms !== "number" || !Number.isInteger(ms) || Math.abs(ms) > MAX_DATE_MS) {
    throw new LayoutError(
      "LAYOUT_INVALID",
      `Expected \`epoch\` to be Unix milliseconds, a Date or ISO 8601 text, got ${describeValue(epoch)}.`,
    );
  }
  return ms;
}
