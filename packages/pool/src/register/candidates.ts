import type { Layout } from "@shardflake/core";
import { checkMachineId, machineAt, machineKey, machineNumber } from "./machine-id.js";
import { untouched } from "./plan.js";
import type { MachineId, StoredRegister } from "./register.js";

/** The registers a request may choose from, in the order of their numbers. */
export interface Candidates {
  /** Registers that were written before. */
  readonly written: readonly StoredRegister[];
  /** Up to `count` machine IDs that nobody has written, from the lowest number or from the highest. */
  untouched(count: number, from: "lowest" | "highest"): StoredRegister[];
}

/**
 * @throws ShardflakeError `MACHINE_ID_INVALID` when `among` names a machine ID the layout does not have
 */
export function candidates(
  layout: Layout,
  registers: readonly StoredRegister[],
  among: readonly MachineId[] | null,
): Candidates {
  const byNumber = new Map(registers.map((stored) => [machineNumber(layout, stored), stored]));
  const allowed =
    among === null ? null : [...new Set(among.map((id) => machineNumber(layout, checkMachineId(layout, id))))];
  allowed?.sort((a, b) => a - b);
  const total = allowed === null ? layout.machines : allowed.length;
  const numberAt = (index: number): number => (allowed === null ? index : allowed[index]!);
  const permitted = allowed === null ? null : new Set(allowed);
  const written = [...byNumber]
    .filter(([number, stored]) => isWritten(stored) && (permitted === null || permitted.has(number)))
    .sort(([a], [b]) => a - b)
    .map(([, stored]) => stored);
  return {
    written,
    untouched(count, from) {
      const found: StoredRegister[] = [];
      // Ends after as many steps as there are written registers, however many machine IDs the layout has.
      for (let index = 0; index < total && found.length < count; index++) {
        const number = numberAt(from === "lowest" ? index : total - 1 - index);
        const stored = byNumber.get(number);
        if (stored === undefined) found.push(untouched(machineAt(layout, number)));
        else if (!isWritten(stored)) found.push(stored);
      }
      return found;
    },
  };
}

/** Finds one register; a machine ID that the store did not return is untouched. */
export function findRegister(registers: readonly StoredRegister[], id: MachineId): StoredRegister {
  const key = machineKey(id);
  return registers.find((stored) => machineKey(stored) === key) ?? untouched(id);
}

function isWritten(stored: StoredRegister): boolean {
  return stored.register.purpose !== "untouched";
}
