import { tickAt } from "@shardflake/core";
import type { PlanBasis } from "./plan.js";

/**
 * How far a holder's floor stays behind its clock, in milliseconds: as far as a steady clock may be ahead of the wall clock
 * (its default tolerance). So after a step back that generators absorb, their clocks are still above the floor.
 */
export const FLOOR_MARGIN_MS = 10_000;

/**
 * The tick up to which a holder is done, by its own clock or the store's, whichever is behind: a host whose clock is ahead
 * gives up nothing that others have yet to issue.
 */
export function doneTick({ layout, nowMs, storeNowMs, marginMs }: PlanBasis): number {
  const tick = tickAt(layout, Math.min(nowMs, storeNowMs) - marginMs);
  // A store's clock that gives no number is none to go by.
  return tick > 0 ? Math.min(layout.maxTick, tick) : 0;
}
