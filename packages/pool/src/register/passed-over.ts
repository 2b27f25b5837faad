import { tickAt, tickStartMs } from "@shardflake/core";
import { spanOf } from "./clock-off.js";
import { isoOf } from "./limit.js";
import { machineKey, machineNumber } from "./machine-id.js";
import type { PlanBasis } from "./plan.js";
import type { MachineId, StoredRegister } from "./register.js";

/**
 * Free registers that are spent further ahead than any crash leaves them (as long as their claims lapsed): the clock of
 * some host was wrong, or this one's is. They are passed over until time has caught up; nobody lowers a limit by hand.
 */
export function passedOver(basis: PlanBasis, among: readonly MachineId[] | null): StoredRegister[] {
  const { layout, registers, nowMs } = basis;
  const allowed = among === null ? null : new Set(among.map((id) => machineNumber(layout, id)));
  return registers.filter((stored) => {
    const { purpose, limit, lapseMs } = stored.register;
    const isFree = purpose === "live" && !stored.claimed && (allowed?.has(machineNumber(layout, stored)) ?? true);
    return isFree && limit > tickAt(layout, nowMs + lapseMs);
  });
}

/** One line about a register that was passed over. */
export function passedOverMessage({ layout, nowMs }: PlanBasis, stored: StoredRegister): string {
  const endMs = tickStartMs(layout, stored.register.limit + 1);
  return (
    `Machine ID ${machineKey(stored)} is spent up to ${isoOf(endMs)}, ${spanOf(endMs - nowMs)} ahead of this clock. It is ` +
    "passed over until then."
  );
}
