import type { Layout } from "@shardflake/core";
import { backlogOf } from "@shardflake/core/capacity";

/** One point of a wait curve. */
export interface WaitPoint {
  readonly idsPerSecond: number;
  readonly meanWaitMs: number;
}

/** Up to here: closer to the ceiling, a point takes longer to compute than a whole page. */
const MOST_UTILISATION = 0.995;
const POINTS = 40;

/** By IDs a tick: mean waits in ticks at the points. A drag comes by the same few lengths again and again. */
const known = new Map<number, readonly number[]>();

/** The mean wait at loads up to just below what some machine IDs can issue; denser where the curve is steeper. */
export function waitPoints({ idsPerTick, tickMs }: Layout, machinesInUse: number): WaitPoint[] {
  const waits = known.get(idsPerTick) ?? Array.from({ length: POINTS }, (_, i) => meanWaitTicks(i, idsPerTick));
  known.set(idsPerTick, waits);
  const ceilingPerSecond = (idsPerTick * machinesInUse * 1000) / tickMs;
  return waits.map((ticks, i) => ({ idsPerSecond: utilisationAt(i) * ceilingPerSecond, meanWaitMs: ticks * tickMs }));
}

function utilisationAt(point: number): number {
  return 1 - (1 - MOST_UTILISATION) ** ((point + 1) / POINTS);
}

function meanWaitTicks(point: number, idsPerTick: number): number {
  const mean = utilisationAt(point) * idsPerTick;
  const backlog = backlogOf(mean, idsPerTick);
  return backlog.kind === "stable" ? backlog.meanIds / mean : Number.POSITIVE_INFINITY;
}
