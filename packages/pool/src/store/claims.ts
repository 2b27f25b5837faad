import { machineKey } from "../register/machine-id.js";
import type { MachineId, Register } from "../register/register.js";

/**
 * Judges claims whose owner cannot be asked: a claim stands until its version has not changed for as long as the record
 * says, on the *observer's* monotonic clock. Nobody's wall clock and no clock of the owner has a say.
 *
 * It decides who gets a turn, never what is unique: a claim ended too early costs its holder the lease and nothing else.
 */
export class ClaimObserver {
  private readonly seen = new Map<string, { readonly version: number; readonly sinceMs: number }>();

  /** Whether the claim still stands at this monotonic time, after all that was seen so far. */
  stands(id: MachineId, version: number, register: Register, monotonicMs: number): boolean {
    const key = machineKey(id);
    if (register.holder === null) {
      this.seen.delete(key);
      return false;
    }
    const before = this.seen.get(key);
    if (before === undefined || before.version !== version) {
      this.seen.set(key, { version, sinceMs: monotonicMs });
      return true;
    }
    return monotonicMs - before.sinceMs < register.lapseMs;
  }
}
