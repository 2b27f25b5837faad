import { machineKey } from "../register/machine-id.js";
import type { MachineId, RegisterWrite, StoredRegister } from "../register/register.js";
import { Held } from "./held.js";
import type { KeeperEffect } from "./keeper-protocol.js";

/** The leases of one keeper. */
export class Holdings {
  private readonly byKey = new Map<string, Held>();

  /** Takes a lease in; a lease of an earlier generation of the same machine ID is lost by it. */
  add(stored: StoredRegister): KeeperEffect[] {
    const key = machineKey(stored);
    const effects: KeeperEffect[] = [];
    const before = this.byKey.get(key);
    if (before !== undefined) effects.push(lostEffect(before));
    this.byKey.set(key, new Held(stored));
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

  /** What the slots must say before these writes are sent: the ticks that they give up. */
  floors(writes: readonly RegisterWrite[]): KeeperEffect[] {
    return writes.flatMap((write): KeeperEffect[] => {
      const held = this.byKey.get(machineKey(write));
      const { generation, floor } = write.register;
      if (held?.generation !== generation || floor <= held.stored.register.floor) return [];
      return [{ kind: "floor", datacenterId: write.datacenterId, machineId: write.machineId, generation, floor }];
    });
  }

  /** These writes were sent. */
  attempted(writes: readonly RegisterWrite[]): void {
    for (const write of writes) this.byKey.get(machineKey(write))?.attempted(write.register.nonce);
  }

  /** The store has refused these writes. */
  refused(writes: readonly RegisterWrite[]): void {
    for (const write of writes) this.byKey.get(machineKey(write))?.refused(write.register.nonce);
  }

  /** Takes in what the store has, from an answer, late or not, or an acknowledged write. */
  reconcile(registers: readonly StoredRegister[]): KeeperEffect[] {
    const effects: KeeperEffect[] = [];
    for (const stored of registers) {
      const held = this.byKey.get(machineKey(stored));
      const finding = held?.judge(stored);
      if (held === undefined || finding === "older" || finding === "known") continue;
      if (finding === "own write") {
        if (stored.register.limit > held.stored.register.limit) {
          const { datacenterId, machineId } = stored;
          const { generation, limit } = stored.register;
          effects.push({ kind: "raise", datacenterId, machineId, generation, limit });
        }
        held.advance(stored);
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
