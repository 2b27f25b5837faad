import { byMachineId } from "../../src/register/machine-id.js";
import type { Register, RegisterWrite, StoredRegister } from "../../src/register/register.js";

/** A live register that somebody holds. */
export const HELD: Register = {
  holder: "holder-1",
  generation: 1,
  floor: 0,
  limit: 1000,
  purpose: "live",
  nonce: "nonce-1",
  lapseMs: 12_000,
  writtenMs: 1_700_000_000_000,
};

/** The write of a register for machine ID 0/`machineId`. */
export function writeOf(machineId: number, expectedVersion: number, fields: Partial<Register> = {}): RegisterWrite {
  return { datacenterId: 0, machineId, expectedVersion, register: { ...HELD, ...fields } };
}

/** In the order of machine IDs. */
export function sorted(registers: readonly StoredRegister[]): StoredRegister[] {
  return [...registers].sort(byMachineId);
}
