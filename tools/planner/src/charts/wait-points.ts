import { backlogOf, type Layout } from "@shardflake/core";

/** One point of a wait curve. */
export interface WaitPoint {
  readonly idsPerSecond: number;
  readonly meanWaitMs: number;
}

/** Up to here: closer to the ceiling, a point takes longer to compute than a whole page. */
const MOST_UTILISATION = 0.995;
const POINTS = 40;

/** The mean wait at loads up to just below what some machine IDs can issue; denser where the curve is steeper. */
export function waitPoints(layout: Layout, machinesInUse: number): WaitPoint[] {
  const { idsPerTick, tickMs } = layout;
  return Array.from({ length: POINTS }, (_, i) => {
    const utilisation = 1 - (1 - MOST_UTILISATION) ** ((i + 1) / POINTS);
    const mean = utilisation * idsPerTick;
    const backlog = backlogOf(mean, idsPerTick);
    const meanIds = backlog.kind === "stable" ? backlog.meanIds : Number.POSITIVE_INFINITY;
    return { idsPerSecond: (mean * machinesInUse * 1000) / tickMs, meanWaitMs: (meanIds / mean) * tickMs };
  });
}
