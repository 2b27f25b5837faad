import { type MachineId, machineKey, type RegisterWrite, type StoredRegister } from "@shardflake/pool/protocol";
import type { Witness } from "./witness.js";

/** What became of a write. */
export type WriteOutcome = "done" | "conflict";

/** The store itself: records by machine ID, compared and set as a whole by version, all or none. */
export class RegisterTable {
  private readonly records = new Map<string, StoredRegister>();
  private readonly writers = new Map<string, number>();
  private readonly gone = new Set<number>();
  private listed: readonly StoredRegister[] | null = null;

  /** Every register that was ever written. Whether its claim stands, the reader judges. */
  read(): readonly StoredRegister[] {
    this.listed ??= [...this.records.values()];
    return this.listed;
  }

  /** @param process number of the process that writes */
  write(writes: readonly RegisterWrite[], process: number, witness: Witness): WriteOutcome {
    for (const write of writes) {
      if ((this.find(write)?.version ?? 0) !== write.expectedVersion) return "conflict";
    }
    for (const { datacenterId, machineId, expectedVersion, register } of writes) {
      const before = this.find({ datacenterId, machineId })?.register;
      if (before !== undefined && register.generation > before.generation && register.holder !== null) {
        witness.branch(before.holder === null ? "reuse-after-release" : "takeover");
      }
      const key = machineKey({ datacenterId, machineId });
      const isGivenBack = before !== undefined && before.holder !== null && register.holder === null;
      if (isGivenBack && this.writers.get(key) !== process) witness.branch("retired");
      const claimed = register.holder !== null;
      this.records.set(key, { datacenterId, machineId, register, version: expectedVersion + 1, claimed });
      this.writers.set(key, process);
    }
    this.listed = null;
    return "done";
  }

  find(id: MachineId): StoredRegister | undefined {
    return this.records.get(machineKey(id));
  }

  /** The process ended; a store on its host knows. */
  ended(process: number): void {
    this.gone.add(process);
  }

  /** Whether the last one to write this register is a process that has ended. */
  isOwnerGone(id: MachineId): boolean {
    return this.gone.has(this.writers.get(machineKey(id)) ?? -1);
  }
}
