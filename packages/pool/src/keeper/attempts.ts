import { machineKey } from "../register/machine-id.js";
import type { RegisterWrite, StoredRegister } from "../register/register.js";

const MOST_REMEMBERED = 16;

/** The writes of one operation whose answers are still open. A record that carries their nonce says: it was done. */
export class Attempts {
  private readonly open = new Map<string, readonly RegisterWrite[]>();

  add(writes: readonly RegisterWrite[]): void {
    this.open.set(writes[0]!.register.nonce, writes);
    if (this.open.size > MOST_REMEMBERED) this.open.delete(this.open.keys().next().value!);
  }

  /** The store has said that nothing of it was written. */
  drop(nonce: string): void {
    this.open.delete(nonce);
  }

  /** The registers of an attempt that turns out to be done as a whole, and has not been overwritten since. */
  landed(registers: readonly StoredRegister[]): StoredRegister[] | undefined {
    if (this.open.size === 0) return undefined;
    const byKey = new Map(registers.map((stored) => [machineKey(stored), stored]));
    for (const [nonce, writes] of this.open) {
      const found = writes.map((write) => byKey.get(machineKey(write)));
      if (found.every((stored) => stored?.register.nonce === nonce)) return found as StoredRegister[];
    }
    return undefined;
  }
}
