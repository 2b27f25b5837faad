import { isHeldBy } from "../register/extend.js";
import { machineKey } from "../register/machine-id.js";
import type { MachineId, StoredRegister } from "../register/register.js";
import type { KeeperEffect } from "./keeper-protocol.js";

/** A lease of this keeper, and its register as last known. */
export interface Held {
  readonly holder: string;
  readonly generation: number;
  stored: StoredRegister;
}

/** The leases of one keeper. */
export class Holdings {
  private readonly byKey = new Map<string, Held>();

  /** Takes a lease in; a lease of an earlier generation of the same machine ID is lost by it. */
  add(stored: StoredRegister): KeeperEffect[] {
    const key = machineKey(stored);
    const { holder, generation } = stored.register;
    const effects: KeeperEffect[] = [];
    const before = this.byKey.get(key);
    if (before !== undefined) effects.push(lostEffect(before));
    this.byKey.set(key, { holder: holder!, generation, stored });
    return effects;
  }

  /** Takes a lease out, whatever the store will say. */
  remove(id: MachineId, generation: number): Held | undefined {
    const key = machineKey(id);
    const held = this.byKey.get(key);
    if (held === undefined || held.generation !== generation) return undefined;
    this.byKey.delete(key);
    return held;
  }

  /** Leases that are renewed. */
  live(): Held[] {
    return [...this.byKey.values()].filter((held) => held.stored.register.purpose === "live");
  }

  /**
   * Takes in what the store has, from an answer or an acknowledged write. An answer may be late: a version that is older
   * than the known one says nothing.
   */
  reconcile(registers: readonly StoredRegister[]): KeeperEffect[] {
    const effects: KeeperEffect[] = [];
    for (const stored of registers) {
      const held = this.byKey.get(machineKey(stored));
      if (held === undefined || stored.version <= held.stored.version) continue;
      if (isHeldBy(stored, { ...held.stored, holder: held.holder, generation: held.generation })) {
        if (stored.register.limit > held.stored.register.limit) {
          const { datacenterId, machineId } = stored;
          const { generation, limit } = stored.register;
          effects.push({ kind: "raise", datacenterId, machineId, generation, limit });
        }
        held.stored = stored;
      } else if (held.stored.register.purpose === "live") {
        // A backfill period was spent as a whole before its first ID; a successor starts after it.
        this.byKey.delete(machineKey(stored));
        effects.push(lostEffect(held));
      }
    }
    return effects;
  }
}

function lostEffect(held: Held): KeeperEffect {
  const { datacenterId, machineId } = held.stored;
  return { kind: "lost", datacenterId, machineId, generation: held.generation };
}
