import { describeValue, type Layout, ShardflakeError, tickAt } from "@shardflake/core";
import type { AcquirePlan } from "./acquire.js";
import { candidates } from "./candidates.js";
import { isoOf } from "./limit.js";
import { lapseOf, type PlanBasis, replace } from "./plan.js";
import type { MachineId } from "./register.js";

/** Which past period is wanted, on how many registers, and by whom. */
export interface BackfillRequest {
  readonly count: number;
  readonly among: readonly MachineId[] | null;
  /** Random per acquire. */
  readonly holder: string;
  /** The period is `(afterTick, toTick]`. */
  readonly afterTick: number;
  readonly toTick: number;
}

/**
 * Takes registers for a past period, all or none, and commits the whole period as spent in the same write: first such
 * as were set aside for backfill and end before the period, then untouched ones from the highest number. A register
 * that was ever live is never taken, so a period cannot meet live IDs.
 *
 * @throws ShardflakeError `BACKFILL_INVALID` for a period that is empty or outside the layout, `BACKFILL_FUTURE` for one
 * that ends after now, `MACHINE_ID_INVALID`
 */
export function planBackfill(basis: PlanBasis, request: BackfillRequest): AcquirePlan {
  checkPeriod(basis, request.afterTick, request.toTick);
  const choice = candidates(basis.layout, basis.registers, request.among);
  const reserved = choice.written.filter((stored) => stored.register.purpose === "backfill");
  const chosen = reserved
    .filter((stored) => !stored.claimed && stored.register.limit <= request.afterTick)
    .slice(0, request.count);
  chosen.push(...choice.untouched(request.count - chosen.length, "highest"));
  if (chosen.length < request.count) {
    return { kind: "taken", free: chosen.length, claimed: reserved.filter((stored) => stored.claimed).length };
  }
  const writes = chosen.map((stored) =>
    replace(stored, basis, {
      holder: request.holder,
      generation: stored.register.generation + 1,
      floor: Math.max(stored.register.limit, request.afterTick),
      limit: request.toTick,
      purpose: "backfill",
      lapseMs: lapseOf(basis.windowMs),
    }),
  );
  return { kind: "write", writes };
}

/**
 * Sets untouched registers aside for backfill, from the highest number; nobody holds them yet.
 */
export function planReserve(basis: PlanBasis, count: number): AcquirePlan {
  const chosen = candidates(basis.layout, basis.registers, null).untouched(count, "highest");
  if (chosen.length < count) return { kind: "taken", free: chosen.length, claimed: 0 };
  return { kind: "write", writes: chosen.map((stored) => replace(stored, basis, { purpose: "backfill" })) };
}

function checkPeriod(basis: PlanBasis, afterTick: number, toTick: number): void {
  if (!isTick(basis.layout, afterTick) || !isTick(basis.layout, toTick) || afterTick >= toTick) {
    throw new ShardflakeError(
      "BACKFILL_INVALID",
      `Expected a period of at least one tick inside the layout's ticks 1 to ${basis.layout.maxTick}, got the ticks ` +
        `after ${describeValue(afterTick)} up to ${describeValue(toTick)}.`,
    );
  }
  if (toTick > tickAt(basis.layout, basis.storeNowMs)) {
    throw new ShardflakeError(
      "BACKFILL_FUTURE",
      `Expected a backfill period that ends by now, ${isoOf(basis.storeNowMs)}, got one up to tick ${toTick}, ` +
        `${isoOf(basis.layout.epochMs + toTick * basis.layout.tickMs)}. End the period earlier.`,
    );
  }
}

function isTick(layout: Layout, tick: unknown): boolean {
  return typeof tick === "number" && Number.isInteger(tick) && tick >= 0 && tick <= layout.maxTick;
}
