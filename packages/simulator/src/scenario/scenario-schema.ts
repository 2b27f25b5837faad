import * as v from "valibot";
import { faultSchema, LONGEST_MS, MOST_UNIX_MS } from "./fault-schema.js";
import { integerFrom, numberFrom } from "./field.js";
import type { Bounds, Load, Scenario } from "./scenario.js";

const idsPerSecond = numberFrom(1e-6, 1e12);

const loadSchema: v.GenericSchema<unknown, Load> = v.variant(
  "kind",
  [
    v.strictObject({ kind: v.literal("steady"), idsPerSecond }),
    v.strictObject({ kind: v.literal("poisson"), idsPerSecond }),
    v.strictObject({
      kind: v.literal("burst"),
      ids: integerFrom(1, 1e9),
      everyMs: numberFrom(0.001, LONGEST_MS),
    }),
    v.strictObject({ kind: v.literal("saturating") }),
  ],
  'a load of kind "steady", "poisson", "burst" or "saturating"',
);

const boundsSchema: v.GenericSchema<unknown, Bounds> = v.strictObject({
  stallMs: numberFrom(0, LONGEST_MS),
  served: numberFrom(0, 1),
  recoveryMs: numberFrom(0, LONGEST_MS),
});

const layoutSchema = v.strictObject({
  timestampBits: v.exactOptional(integerFrom(1, 53)),
  datacenterBits: v.exactOptional(integerFrom(0, 16)),
  machineBits: v.exactOptional(integerFrom(0, 16)),
  sequenceBits: v.exactOptional(integerFrom(0, 32)),
  epoch: v.exactOptional(v.union([v.number(), v.string()], "Unix milliseconds or ISO 8601 text")),
  tickMs: v.exactOptional(integerFrom(1, MOST_UNIX_MS)),
});

/** Nobody needs more; it keeps a mistyped number from filling the memory. */
const MOST_SHARDS = 65_536;
const MOST_FAULTS = 10_000;

/** 2026-01-01T00:00:00Z: a midnight, so that a leap second falls where it should. */
const DEFAULT_START_MS = Date.UTC(2026, 0, 1);
const DEFAULT_WINDOW_MS = 6000;
const DEFAULT_LOAD: Load = { kind: "steady", idsPerSecond: 1000 };
const DEFAULT_BOUNDS: Bounds = { stallMs: 60_000, served: 0.5, recoveryMs: 60_000 };

/** The document by itself; what its fields must be to one another is checked by parseScenario. */
export const scenarioSchema: v.GenericSchema<unknown, Scenario> = v.strictObject({
  format: v.literal(1, "1"),
  seed: integerFrom(0, 2 ** 32 - 1),
  startMs: v.optional(numberFrom(-MOST_UNIX_MS, MOST_UNIX_MS), DEFAULT_START_MS),
  durationMs: numberFrom(1, LONGEST_MS),
  shards: integerFrom(1, MOST_SHARDS),
  layout: v.optional(layoutSchema, {}),
  windowMs: v.optional(numberFrom(10, 86_400_000), DEFAULT_WINDOW_MS),
  load: v.optional(loadSchema, DEFAULT_LOAD),
  faults: v.pipe(v.array(faultSchema), v.maxLength(MOST_FAULTS, `at most ${MOST_FAULTS} faults`)),
  bounds: v.optional(boundsSchema, DEFAULT_BOUNDS),
});
