import { type Layout, LayoutError, tickAt } from "@shardflake/core";
import type { PlanBasis } from "./plan.js";

/** The limit one window ahead of a time, within the timestamp section. */
export function limitAhead(layout: Layout, nowMs: number, windowMs: number): number {
  return Math.min(layout.maxTick, tickAt(layout, nowMs) + Math.ceil(windowMs / layout.tickMs));
}

/**
 * @throws LayoutError `LIFETIME_OVER` when the layout has no tick for that time any more
 */
export function checkLifetime(layout: Layout, nowMs: number): void {
  if (nowMs < layout.lifetimeEndMs) return;
  throw new LayoutError(
    "LIFETIME_OVER",
    `Expected a time before the end of the layout's lifetime, ${isoOf(layout.lifetimeEndMs)}, got ${isoOf(nowMs)}. ` +
      "Check the clock, or start a namespace with a layout that has a later epoch or more timestamp bits.",
  );
}

/** Whether a limit lies no further ahead of the store's clock than it may. */
export function isWithinLead(basis: PlanBasis, limit: number): boolean {
  return limit <= tickAt(basis.layout, basis.storeNowMs + basis.maxLeadMs);
}

/** ISO 8601, or the number itself where a Date cannot express it. */
export function isoOf(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : `Unix millisecond ${ms}`;
}
