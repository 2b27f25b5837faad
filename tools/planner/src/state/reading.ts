import {
  defineLayout,
  durationMsOf,
  type Layout,
  LayoutError,
  ratePerSecondOf,
  sizeOf,
  timeMsOf,
} from "@shardflake/core";
import type { Load } from "@shardflake/core/capacity";
import { type LayoutText, type LoadText, SECTIONS, type Section } from "./plan-state.js";

/** What was read from some fields, or what is wrong, by field. */
export type Reading<Value, Field extends string> =
  | { readonly kind: "right"; readonly value: Value }
  | { readonly kind: "wrong"; readonly messages: Readonly<Partial<Record<Field, string>>> };

export type LayoutField = keyof LayoutText;
export type LoadField = keyof LoadText;

const RANGES: Readonly<Record<Section, readonly [number, number]>> = {
  timestamp: [1, 53],
  datacenter: [0, 16],
  machine: [0, 16],
  sequence: [0, 32],
};

/** Reads a layout; the messages are the ones to put next to the fields. */
export function readLayout(text: LayoutText): Reading<Layout, LayoutField> {
  const messages: Partial<Record<LayoutField, string>> = {};
  const bits: Partial<Record<Section, number>> = {};
  for (const section of SECTIONS) {
    const [least, most] = RANGES[section];
    const value = sizeOf(text[section]);
    if (value !== undefined && value >= least && value <= most) bits[section] = value;
    else messages[section] = expected(`${least} to ${most} bits, such as ${Math.min(12, most)}`, text[section]);
  }
  const tickMs = durationMsOf(text.tick);
  if (tickMs === undefined || tickMs < 1)
    messages.tick = expected("a duration from 1ms, such as 1ms or 10ms", text.tick);
  const epoch = timeMsOf(text.epoch);
  if (epoch === undefined) messages.epoch = expected("a time, such as 2020-01-01 or 2026-01-31T12:00:00Z", text.epoch);
  if (Object.keys(messages).length > 0) return { kind: "wrong", messages };
  const { timestamp, datacenter, machine, sequence } = bits as Record<Section, number>;
  const sum = timestamp + datacenter + machine + sequence;
  if (sum > 63) return tooLong(text, bits as Record<Section, number>, sum);
  const sections = {
    timestampBits: timestamp,
    datacenterBits: datacenter,
    machineBits: machine,
    sequenceBits: sequence,
  };
  try {
    return { kind: "right", value: defineLayout({ ...sections, tickMs: tickMs!, epoch: epoch! }) };
  } catch (error) {
    // All that is left to be wrong is an end that no date can tell.
    if (error instanceof LayoutError) return { kind: "wrong", messages: { timestamp: error.message } };
    throw error;
  }
}

/** Reads what is asked, for a layout that has so many machine IDs. */
export function readLoad(text: LoadText, machines: number): Reading<Load, LoadField> {
  const messages: Partial<Record<LoadField, string>> = {};
  const idsPerSecond = ratePerSecondOf(text.rate) ?? 0;
  if (idsPerSecond === 0) messages.rate = expected("a rate above 0, such as 10k/s, 2M/min or 100/h", text.rate);
  const machinesInUse = sizeOf(text.machines) ?? 0;
  if (machinesInUse < 1 || machinesInUse > machines) {
    messages.machines = expected(`1 to ${machines.toLocaleString("en")} machine IDs, such as 1`, text.machines);
  }
  const burstIds = sizeOf(text.burst);
  if (burstIds === undefined) messages.burst = expected("a number of IDs, such as 0, 5000 or 1M", text.burst);
  const skewMs = durationMsOf(text.skew);
  if (skewMs === undefined) messages.skew = expected("a duration, such as 10ms or 1s", text.skew);
  if (Object.keys(messages).length > 0) return { kind: "wrong", messages };
  const load = { idsPerSecond, machinesInUse, burstIds: burstIds!, skewMs: skewMs!, windowMs: 6000 };
  return { kind: "right", value: load };
}

/** The message goes to the section that is easiest to shorten: the longest sequence or, without one, the timestamp. */
function tooLong(text: LayoutText, bits: Readonly<Record<Section, number>>, sum: number): Reading<Layout, LayoutField> {
  const section = bits.sequence >= sum - 63 ? "sequence" : "timestamp";
  const fitting = Math.max(1, bits[section] - (sum - 63));
  const message = `${expected(`short enough for 63 bits in all, such as ${fitting}`, text[section])} All sections have ${sum}.`;
  return { kind: "wrong", messages: { [section]: message } };
}

function expected(what: string, got: string): string {
  return `Expected ${what}, got ${got === "" ? "nothing" : `“${got.length > 30 ? `${got.slice(0, 30)}…` : got}”`}.`;
}
