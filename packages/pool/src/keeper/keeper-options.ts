import { defineLayout, describeValue, type Layout, type LayoutOptions, ShardflakeError } from "@shardflake/core";
import type { ClockSpec } from "../clock-spec.js";
import { FLOOR_MARGIN_MS } from "../register/floor.js";
import type { StoreSpec } from "../store/store.js";
import type { KeeperWarning } from "./keeper-warning.js";
import type { Lease } from "./lease.js";
import { MAX_WINDOW_MS, MIN_WINDOW_MS } from "./pace.js";

/** What a keeper is started with. */
export interface KeeperOptions {
  readonly store: StoreSpec;
  readonly layout: Layout | LayoutOptions;
  /** @default the layout's digest */
  readonly namespace?: string;
  /** How far limits run ahead of the clock, in milliseconds. Renewed every third of it. @default 6000 */
  readonly windowMs?: number;
  /**
   * How far this host's clock may be from the store's, and a limit ahead of it, in milliseconds. A host that is further
   * off issues nothing until its clock is right. @default 86400000
   */
  readonly maxLeadMs?: number;
  /** The clock of this host; `null` for the system clock. @default null */
  readonly clock?: ClockSpec | null;
  /** Told of leases that a successor has taken, after their slots were closed. @default nobody is told */
  readonly onLost?: (leases: readonly Lease[]) => void;
  /** Told of what somebody should look at. @default nobody is told */
  readonly onWarning?: (warning: KeeperWarning) => void;
}

/** {@link KeeperOptions}, complete, checked and structured-cloneable. */
export interface KeeperSettings {
  readonly store: StoreSpec;
  readonly layout: Layout;
  readonly namespace: string;
  readonly windowMs: number;
  readonly maxLeadMs: number;
  readonly marginMs: number;
  readonly clock: ClockSpec | null;
}

const DEFAULT_WINDOW_MS = 6000;
const DEFAULT_MAX_LEAD_MS = 24 * 3_600_000;

/**
 * @throws ShardflakeError `OPTION_INVALID`
 * @throws LayoutError `LAYOUT_INVALID`
 */
export function keeperSettings(options: KeeperOptions): KeeperSettings {
  const layout = "digest" in options.layout ? options.layout : defineLayout(options.layout);
  const { store, namespace = layout.digest, clock = null } = options;
  const { windowMs = DEFAULT_WINDOW_MS, maxLeadMs = DEFAULT_MAX_LEAD_MS } = options;
  between("windowMs", windowMs, MIN_WINDOW_MS, MAX_WINDOW_MS);
  between("maxLeadMs", maxLeadMs, windowMs, Number.MAX_SAFE_INTEGER);
  return { store, layout, namespace, windowMs, maxLeadMs, marginMs: FLOOR_MARGIN_MS, clock };
}

function between(name: string, value: unknown, least: number, most: number): void {
  if (typeof value === "number" && value >= least && value <= most) return;
  throw new ShardflakeError(
    "OPTION_INVALID",
    `Expected \`${name}\` to be from ${least} to ${most} ms, got ${describeValue(value)}.`,
  );
}
