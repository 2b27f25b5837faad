import { machineKey } from "../../src/register/machine-id.js";
import type { RegisterWrite, StoredRegister } from "../../src/register/register.js";
import type { Host } from "./host.js";
import { must } from "./violation.js";

/** A store that holds every write against what registers promise: a successor's window starts where the last one ended. */
export class CheckedRegisters {
  readonly all = new Map<string, StoredRegister>();
  takeovers = 0;
  private readonly compares: boolean;

  constructor(compares: boolean) {
    this.compares = compares;
  }

  readFor(host: Host, trueMs: number): StoredRegister[] {
    return [...this.all.values()].map((stored) => ({
      ...stored,
      claimed: host.claims.stands(stored, stored.version, stored.register, trueMs),
    }));
  }

  write(writes: readonly RegisterWrite[]): "done" | "conflict" {
    const versionOf = (write: RegisterWrite) => this.all.get(machineKey(write))?.version ?? 0;
    if (this.compares && writes.some((write) => versionOf(write) !== write.expectedVersion)) {
      return "conflict";
    }
    for (const { datacenterId, machineId, register, expectedVersion } of writes) {
      const key = machineKey({ datacenterId, machineId });
      const before = this.all.get(key)?.register;
      if (before !== undefined && register.generation > before.generation && register.holder !== null) {
        this.takeovers++;
        must(register.floor >= before.limit, `window of ${key} starts at ${register.floor}, below ${before.limit}`);
      }
      if (before !== undefined) {
        must(register.generation >= before.generation, `generation of ${key} fell`);
        const stays = register.generation === before.generation;
        must(!stays || register.limit >= before.limit, `limit of ${key}@${before.generation} fell`);
      }
      this.all.set(key, { datacenterId, machineId, register, version: expectedVersion + 1, claimed: true });
    }
    return "done";
  }
}
