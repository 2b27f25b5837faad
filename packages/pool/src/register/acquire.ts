import { tickAt, tickStartMs } from "@shardflake/core";
import type { RegisterWrite } from "../store/store.js";
import { candidates } from "./candidates.js";
import { checkLifetime, clockAhead, isWithinLead, limitAhead } from "./limit.js";
import { lapseOf, type PlanBasis, replace } from "./plan.js";
import type { MachineId, StoredRegister } from "./register.js";

/** The writes that take registers, or why there are none at this moment. */
export type AcquirePlan =
  | { readonly kind: "write"; readonly writes: readonly RegisterWrite[] }
  | { readonly kind: "taken"; readonly free: number; readonly claimed: number }
  | { readonly kind: "floor-ahead"; readonly free: number; readonly waitMs: number };

/** Which registers are wanted for live IDs, and by whom. */
export interface LiveRequest {
  readonly count: number;
  readonly among: readonly MachineId[] | null;
  /** Random per acquire. */
  readonly holder: string;
}

/**
 * Takes `count` free registers, all or none: first such as were used before and whose floor the clock has passed, then
 * untouched ones from the lowest number. The new floor is the limit of the very record that is replaced.
 *
 * @throws ShardflakeError `CLOCK_AHEAD`, `MACHINE_ID_INVALID`
 * @throws LayoutError `LIFETIME_OVER`
 */
export function planAcquire(basis: PlanBasis, request: LiveRequest): AcquirePlan {
  checkLifetime(basis.layout, basis.nowMs);
  const limit = limitAhead(basis.layout, basis.nowMs, basis.windowMs);
  if (!isWithinLead(basis, limit)) throw clockAhead(basis);
  const tick = tickAt(basis.layout, basis.nowMs);
  const choice = candidates(basis.layout, basis.registers, request.among);
  const live = choice.written.filter((stored) => stored.register.purpose === "live");
  const free = live.filter((stored) => !stored.claimed);
  const chosen = free.filter((stored) => stored.register.limit < tick).slice(0, request.count);
  const fresh = choice.untouched(request.count - chosen.length, "lowest");
  if (tick >= 1) chosen.push(...fresh);
  if (chosen.length < request.count) {
    const ahead = [...free, ...fresh].filter((stored) => stored.register.limit >= tick);
    if (chosen.length + ahead.length < request.count) {
      return { kind: "taken", free: chosen.length + ahead.length, claimed: live.length - free.length };
    }
    return { kind: "floor-ahead", free: chosen.length, waitMs: waitFor(basis, ahead, request.count - chosen.length) };
  }
  const writes = chosen.map((stored) =>
    replace(stored, basis, {
      holder: request.holder,
      generation: stored.register.generation + 1,
      floor: stored.register.limit,
      limit,
      purpose: "live",
      lapseMs: lapseOf(basis.windowMs),
    }),
  );
  return { kind: "write", writes };
}

/** Milliseconds until the clock has passed the floors of `needed` registers. */
function waitFor(basis: PlanBasis, ahead: readonly StoredRegister[], needed: number): number {
  const limits = ahead.map((stored) => stored.register.limit).sort((a, b) => a - b);
  return Math.max(1, Math.ceil(tickStartMs(basis.layout, limits[needed - 1]! + 1) - basis.nowMs));
}
