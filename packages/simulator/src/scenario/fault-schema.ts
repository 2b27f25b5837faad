import * as v from "valibot";
import type { Fault } from "./fault.js";
import { numberFrom, oneOf } from "./field.js";

/** A century: longer than any scenario or step that means something. */
export const LONGEST_MS: number = 100 * 365.2425 * 86_400_000;

/** Far beyond any daemon's or crystal's rate, and short of a clock that stands still. */
const MOST_DRIFT_PPM = 500_000;

/** Largest distance from 1970 that a JavaScript Date can express (ECMA-262, section "Time Values and Time Range"). */
export const MOST_UNIX_MS = 8.64e15;

const positiveMs = numberFrom(0.001, LONGEST_MS);
const anyMs = numberFrom(0, LONGEST_MS);
const signedMs = numberFrom(-LONGEST_MS, LONGEST_MS);
const on = v.union(
  [
    v.picklist(["one", "minority", "majority", "all"]),
    v.pipe(
      v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
      v.minLength(1),
      v.check((shards) => new Set(shards).size === shards.length),
    ),
  ],
  '"one", "minority", "majority", "all" or a list of different shard numbers',
);
const interval = { atMs: anyMs, forMs: positiveMs, on };
const instant = { atMs: anyMs, forMs: numberFrom(0, 0), on };

/** One fault: every field is required, none may be added. */
export const faultSchema: v.GenericSchema<unknown, Fault> = v.variant(
  "kind",
  [
    v.strictObject({
      kind: v.literal("drift"),
      ...interval,
      ppm: numberFrom(-MOST_DRIFT_PPM, MOST_DRIFT_PPM),
      wanderPpm: numberFrom(0, MOST_DRIFT_PPM / 10),
    }),
    v.strictObject({
      kind: v.literal("daemon"),
      ...interval,
      daemon: oneOf("ntpd", "ntpd-x", "chrony", "timesyncd"),
      pollMs: numberFrom(100, 86_400_000),
    }),
    v.strictObject({ kind: v.literal("step"), ...instant, byMs: signedMs }),
    v.strictObject({ kind: v.literal("strobe"), ...interval, byMs: signedMs, periodMs: numberFrom(0.1, LONGEST_MS) }),
    v.strictObject({
      kind: v.literal("leap-second"),
      ...interval,
      direction: oneOf("insert", "delete"),
      handling: oneOf("step", "slew"),
    }),
    v.strictObject({ kind: v.literal("leap-smear"), ...interval, shape: oneOf("linear", "cosine") }),
    v.strictObject({
      kind: v.literal("migration"),
      ...interval,
      behindMs: anyMs,
      monotonic: oneOf("goes-on", "stops"),
    }),
    v.strictObject({ kind: v.literal("suspend"), ...interval, wall: oneOf("jumps", "stays-behind") }),
    v.strictObject({ kind: v.literal("clone"), ...interval, rewindMs: anyMs }),
    v.strictObject({ kind: v.literal("coarse"), ...interval, granularityMs: positiveMs }),
    v.strictObject({ kind: v.literal("warp"), ...interval, mostMs: positiveMs }),
    v.strictObject({ kind: v.literal("pause"), ...interval }),
    v.strictObject({
      kind: v.literal("frozen"),
      ...interval,
      valueMs: v.nullable(numberFrom(-MOST_UNIX_MS, MOST_UNIX_MS)),
    }),
    v.strictObject({ kind: v.literal("wrong-year"), ...interval, byYears: numberFrom(-200, 200) }),
    v.strictObject({ kind: v.literal("rollover"), ...interval, beforeEndMs: anyMs }),
    v.strictObject({
      kind: v.literal("restart"),
      ...interval,
      forMs: anyMs,
      exit: oneOf("kill", "release"),
      clockBehindMs: anyMs,
    }),
    v.strictObject({ kind: v.literal("zombie"), ...interval, stepMs: signedMs }),
    v.strictObject({
      kind: v.literal("store"),
      ...interval,
      trouble: oneOf("down", "answers-lost", "slow", "partitioned"),
      delayMs: anyMs,
    }),
  ],
  "a fault with a `kind` this version knows",
);
