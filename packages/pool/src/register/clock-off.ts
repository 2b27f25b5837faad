import { ClockError, ShardflakeError } from "@shardflake/core";
import type { PlanBasis } from "./plan.js";

/** After a clock was set right, the next renewal sees it: a third of the default window. */
const RETRY_AFTER_MS = 2000;

/**
 * By how many milliseconds this host's clock is ahead of the store's, or behind where that is negative, if that is more
 * than it may be; otherwise 0. Ahead, a whole window has to fit into the bound, or the limit of a register would not.
 */
export function wrongLeadMs(basis: Pick<PlanBasis, "nowMs" | "storeNowMs" | "windowMs" | "maxLeadMs">): number {
  const leadMs = basis.nowMs - basis.storeNowMs;
  return leadMs + basis.windowMs > basis.maxLeadMs || -leadMs > basis.maxLeadMs ? leadMs : 0;
}

/** The error for a host that has taken itself out: it issues nothing until its clock is right. */
export function clockOff(leadMs: number): ShardflakeError {
  const expected = "Expected this host's clock to agree with the store's, got one that is";
  const then = "Nothing was issued, and no machine ID was spent on it. Set the clock right; it recovers by itself.";
  const details = { retryAfterMs: RETRY_AFTER_MS };
  if (leadMs > 0) {
    return new ShardflakeError("CLOCK_AHEAD", `${expected} ${spanOf(leadMs)} ahead. ${then}`, details);
  }
  return new ClockError("CLOCK_BEHIND", `${expected} ${spanOf(-leadMs)} behind. ${then}`, details);
}

/** A span of time for people. */
export function spanOf(ms: number): string {
  if (ms < 10_000) return `${Math.round(ms)} ms`;
  if (ms < 600_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 36_000_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 864_000_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} days`;
}
