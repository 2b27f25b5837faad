import {
  defineLayout,
  describeValue,
  type Layout,
  LayoutError,
  type LayoutOptions,
  type SequenceStart,
  tickOfReading,
} from "@shardflake/core";
import { checkNames, checkSignal, integer, invalid } from "../check-arguments.js";
import { type ClockSpec, openClock } from "../clock-spec.js";
import type { KeeperWarning } from "../keeper/keeper-warning.js";
import type { MachineId } from "../register/register.js";
import { embeddedStore } from "../store/embedded-spec.js";
import type { StoreSpec } from "../store/store.js";

/** What {@link createPool} takes. Everything left out has a default. */
export interface PoolOptions {
  /** Worker threads; 0 for next(), claim() and ticket() alone. @default one a core, as far as free machine IDs go */
  readonly shards?: number;
  /** Machine IDs per shard. @default 1 */
  readonly lanes?: number;
  /** @default `defineLayout()`: 41/5/5/12, epoch 2020-01-01, tick 1 ms */
  readonly layout?: Layout | LayoutOptions;
  /** One ID space: one store, one name, one layout. @default the layout's digest */
  readonly namespace?: string;
  /** Where machine IDs are leased. @default the embedded store in the platform's state directory */
  readonly store?: StoreSpec;
  /** Takes machine IDs of this datacenter only. @default any */
  readonly datacenterId?: number;
  /** Takes these machine IDs of every allowed datacenter only. @default any */
  readonly machineIds?: readonly number[];
  /** The clock of every thread. @default the system clock */
  readonly clock?: ClockSpec;
  /** How far a window runs ahead of the clock, in milliseconds. @default 6000 */
  readonly windowMs?: number;
  /**
   * How far this host's clock may be from the store's, in milliseconds; further off, nothing is issued until it is right.
   * At least the window, and a few seconds more where the store is etcd, whose time is coarse. @default 86400000
   */
  readonly maxLeadMs?: number;
  /** How long to wait for a machine ID, for the clock to pass a floor, or for a window, in milliseconds. @default 20000 */
  readonly waitMs?: number;
  /** @default "zero" */
  readonly sequenceStart?: SequenceStart;
  /** Ends the wait for machine IDs while the pool starts; {@link Pool.close} ends the pool itself. */
  readonly signal?: AbortSignal;
  /** Told of what somebody should look at, although the pool goes on. @default nobody is told */
  readonly onWarning?: (warning: KeeperWarning) => void;
}

/** {@link PoolOptions}, complete and checked. */
export interface PoolSettings {
  /** `null`: as many as cores and free machine IDs allow. */
  readonly shards: number | null;
  readonly lanes: number;
  readonly layout: Layout;
  readonly layoutOptions: LayoutOptions;
  readonly namespace: string;
  readonly store: StoreSpec;
  /** `null`: every machine ID of the layout. */
  readonly among: readonly MachineId[] | null;
  readonly clock: ClockSpec | null;
  readonly windowMs: number;
  readonly maxLeadMs: number;
  readonly waitMs: number;
  readonly sequenceStart: SequenceStart;
  readonly signal: AbortSignal | undefined;
  readonly onWarning: (warning: KeeperWarning) => void;
}

const NAMES: readonly (keyof PoolOptions)[] = [
  "shards",
  "lanes",
  "layout",
  "namespace",
  "store",
  "datacenterId",
  "machineIds",
  "clock",
  "windowMs",
  "maxLeadMs",
  "waitMs",
  "sequenceStart",
  "signal",
  "onWarning",
];

/** More threads than this are a mistake: each costs about 10 MB. */
const MOST_SHARDS = 1024;

/**
 * @throws LayoutError `LAYOUT_INVALID`
 * @throws ShardflakeError `OPTION_INVALID` naming the option, what was expected and what was got
 */
export function poolSettings(options: PoolOptions): PoolSettings {
  checkNames(options, NAMES);
  checkSignal(options.signal);
  const layout = layoutOf(options.layout);
  const among = allowedMachineIds(layout, options);
  const machines = among?.length ?? layout.machines;
  const lanes = integer("lanes", options.lanes ?? 1, 1, machines);
  const fitting = Math.floor(machines / lanes);
  const shards = options.shards === undefined ? null : integer("shards", options.shards, 0, MOST_SHARDS);
  if (shards !== null && shards > fitting) {
    throw invalid(
      "shards",
      `at most ${fitting}: ${shards} × ${lanes} lanes need more machine IDs than ${machines}`,
      shards,
    );
  }
  const { namespace = layout.digest, sequenceStart = "zero" } = options;
  if (typeof namespace !== "string" || !/^[\w.-]{1,128}$/.test(namespace)) {
    throw invalid("namespace", "1 to 128 letters, digits, dots, dashes or underscores", namespace);
  }
  if (sequenceStart !== "zero" && sequenceStart !== "random")
    throw invalid("sequenceStart", '"zero" or "random"', sequenceStart);
  const windowMs = integer("windowMs", options.windowMs ?? 6000, 10, 86_400_000);
  const { onWarning = () => {} } = options;
  if (typeof onWarning !== "function") throw invalid("onWarning", "a function that takes warnings", onWarning);
  return {
    shards,
    lanes,
    layout,
    layoutOptions: optionsOf(layout),
    namespace,
    store: checkSpec("store", options.store ?? embeddedStore()),
    among,
    clock: options.clock === undefined ? null : checkSpec("clock", options.clock),
    windowMs,
    maxLeadMs: integer("maxLeadMs", options.maxLeadMs ?? 86_400_000, windowMs, Number.MAX_SAFE_INTEGER),
    waitMs: integer("waitMs", options.waitMs ?? 20_000, 0, Number.MAX_SAFE_INTEGER),
    sequenceStart,
    signal: options.signal,
    onWarning,
  };
}

/**
 * Refuses a layout that can issue nothing now before a store is opened: no waiting makes it right, and a namespace would
 * belong to it from then on.
 *
 * @throws LayoutError `EPOCH_IN_FUTURE`, `LIFETIME_OVER`
 * @throws ClockError `CLOCK_UNREADABLE`, ShardflakeError `CLOCK_UNAVAILABLE`
 */
export async function checkIsCurrent({ layout, clock, shards }: PoolSettings): Promise<void> {
  const nowMs = (await openClock(clock, { kind: "caller" })).now();
  // A pool without shards may be there for the backfill of a layout whose lifetime is over.
  if (shards !== 0 || !(nowMs >= layout.lifetimeEndMs)) tickOfReading(layout, nowMs);
}

/** Options that make the same layout in another thread. */
function optionsOf(layout: Layout): LayoutOptions {
  const { timestampBits, datacenterBits, machineBits, sequenceBits, epochMs, tickMs } = layout;
  return { timestampBits, datacenterBits, machineBits, sequenceBits, epoch: epochMs, tickMs };
}

function layoutOf(layout: Layout | LayoutOptions | undefined): Layout {
  if (layout === undefined || layout === null || typeof layout !== "object" || !("digest" in layout)) {
    return defineLayout(layout);
  }
  const made = defineLayout(optionsOf(layout));
  if (made.digest === layout.digest) return made;
  throw new LayoutError(
    "LAYOUT_INVALID",
    `Expected \`layout\` as defineLayout() returned it, with the digest ${made.digest}, got ${describeValue(layout.digest)}.`,
  );
}

function allowedMachineIds(layout: Layout, { datacenterId, machineIds }: PoolOptions): MachineId[] | null {
  if (datacenterId === undefined && machineIds === undefined) return null;
  if (datacenterId !== undefined) integer("datacenterId", datacenterId, 0, layout.datacenters - 1);
  if (machineIds !== undefined && (!Array.isArray(machineIds) || machineIds.length === 0)) {
    throw invalid("machineIds", "a list of machine IDs", machineIds);
  }
  const datacenters = datacenterId === undefined ? range(layout.datacenters) : [datacenterId];
  const machines = machineIds ?? range(layout.machinesPerDatacenter);
  for (const machineId of machines) integer("machineIds", machineId, 0, layout.machinesPerDatacenter - 1);
  const unique = [...new Set(machines)].sort((a, b) => a - b);
  return datacenters.flatMap((datacenter) => unique.map((machineId) => ({ datacenterId: datacenter, machineId })));
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

function checkSpec<Spec extends StoreSpec | ClockSpec>(name: string, spec: Spec): Spec {
  if (spec === null || typeof spec !== "object" || typeof spec.module !== "string" || typeof spec.export !== "string") {
    throw invalid(name, "{ module, export, options }: it crosses threads by name", spec);
  }
  try {
    structuredClone(spec.options);
  } catch {
    throw invalid(`${name}.options`, "structured-cloneable: they cross threads", spec.options);
  }
  return spec;
}
