import { ShardflakeError, tickAt } from "@shardflake/core";
import { isoOf, isWithinLead } from "./limit.js";
import { machineAt, machineNumber } from "./machine-id.js";
import { lapseOf, type PlanBasis, replace, untouched } from "./plan.js";
import type { RegisterWrite } from "./register.js";

/** Registers in one write of any store. */
const MOST_REGISTERS = 3600;

/**
 * After a store was restored from an older state: spends every register of the layout up to a time, and ends every claim.
 * Untouched ones become live: one that looks untouched may have been live since. No limit is lowered.
 *
 * @throws ShardflakeError `OPTION_INVALID` for a time further ahead of the store's clock than a limit may be, and for a
 * layout with more machine IDs than one write takes
 */
export function planRaise(basis: PlanBasis, toMs: number): RegisterWrite[] {
  const { layout } = basis;
  const tick = Math.max(0, tickAt(layout, toMs));
  if (!isWithinLead(basis, tick)) {
    throw invalid(`a time at most ${basis.maxLeadMs} ms ahead of the store's clock`, isoOf(toMs));
  }
  if (layout.machines > MOST_REGISTERS) {
    throw invalid(`a layout of at most ${MOST_REGISTERS} machine IDs`, `${layout.machines}`);
  }
  const byNumber = new Map(basis.registers.map((stored) => [machineNumber(layout, stored), stored]));
  return Array.from({ length: layout.machines }, (_, number) => {
    const stored = byNumber.get(number) ?? untouched(machineAt(layout, number));
    const { generation, limit, purpose, lapseMs } = stored.register;
    return replace(stored, basis, {
      holder: null,
      generation: generation + 1,
      limit: Math.max(limit, tick),
      purpose: purpose === "untouched" ? "live" : purpose,
      lapseMs: Math.max(lapseMs, lapseOf(basis.windowMs)),
    });
  });
}

function invalid(expected: string, got: string): ShardflakeError {
  return new ShardflakeError(
    "OPTION_INVALID",
    `Expected ${expected} to raise floors, got ${got}. Nothing was changed.`,
  );
}
