import { tickAt, tickStartMs } from "@shardflake/core";
import { candidates } from "./candidates.js";
import { clockOff, wrongLeadMs } from "./clock-off.js";
import { doneTick } from "./floor.js";
import { markOf } from "./horizon.js";
import { checkLifetime, limitAhead } from "./limit.js";
import { lapseOf, type PlanBasis, replace } from "./plan.js";
import type { MachineId, RegisterWrite, StoredRegister } from "./register.js";

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
  /** How often in a row others were first. */
  readonly conflicts: number;
}

/** After each conflict so many times as many registers are looked at, up to a most. */
const SPREAD = 16;
const MOST_SPREAD = SPREAD ** 3;

/**
 * Takes `count` free registers, all or none: first such as were used before and whose floor the clock has passed, then
 * untouched ones from the lowest number. The new floor is the limit of the very record that is replaced, or above it: the
 * mark of the namespace, and where the holder would be done at its first renewal.
 *
 * Processes that start together would all choose the same. So after a conflict each chooses at random among more and
 * more blocks of `count` registers in that order: a thousand processes are done in some rounds instead of a thousand.
 *
 * @throws ShardflakeError `CLOCK_AHEAD`, `MACHINE_ID_INVALID`
 * @throws ClockError `CLOCK_BEHIND`
 * @throws LayoutError `LIFETIME_OVER`
 */
export function planAcquire(basis: PlanBasis, request: LiveRequest): AcquirePlan {
  checkLifetime(basis.layout, basis.nowMs);
  const limit = limitAhead(basis.layout, basis.nowMs, basis.windowMs);
  const leadMs = wrongLeadMs(basis);
  if (leadMs !== 0) throw clockOff(leadMs);
  const tick = tickAt(basis.layout, basis.nowMs);
  const choice = candidates(basis.layout, basis.registers, request.among);
  const live = choice.written.filter((stored) => stored.register.purpose === "live");
  const free = live.filter((stored) => !stored.claimed);
  const most = request.count * Math.min(SPREAD ** request.conflicts, MOST_SPREAD);
  const mark = markOf(basis);
  const startOf = ({ register }: StoredRegister): number => Math.max(register.limit, mark);
  const ready = free.filter((stored) => startOf(stored) < tick).slice(0, most);
  const fresh = choice.untouched(most - ready.length, "lowest");
  const usable = tick > mark ? [...ready, ...fresh] : ready;
  if (usable.length < request.count) {
    const ahead = [...free, ...fresh].filter((stored) => startOf(stored) >= tick);
    if (usable.length + ahead.length < request.count) {
      return { kind: "taken", free: usable.length + ahead.length, claimed: live.length - free.length };
    }
    const waitMs = waitFor(basis, ahead.map(startOf), request.count - usable.length);
    return { kind: "floor-ahead", free: usable.length, waitMs };
  }
  const block = Math.floor(basis.chance * Math.floor(usable.length / request.count));
  const chosen = usable.slice(block * request.count, (block + 1) * request.count);
  const writes = chosen.map((stored) =>
    replace(stored, basis, {
      holder: request.holder,
      generation: stored.register.generation + 1,
      floor: Math.max(startOf(stored), doneTick(basis)),
      limit,
      purpose: "live",
      lapseMs: lapseOf(basis.windowMs),
    }),
  );
  return { kind: "write", writes };
}

/** Milliseconds until the clock has passed the `needed` lowest of these floors. */
function waitFor(basis: PlanBasis, floors: readonly number[], needed: number): number {
  const lowest = [...floors].sort((a, b) => a - b)[needed - 1]!;
  return Math.max(1, Math.ceil(tickStartMs(basis.layout, lowest + 1) - basis.nowMs));
}
