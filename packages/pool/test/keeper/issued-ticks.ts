import { machineKey } from "../../src/register/machine-id.js";
import type { MachineId } from "../../src/register/register.js";
import type { Host } from "./host.js";
import { must } from "./violation.js";

/** What one holder of a machine ID issued. */
interface Issued {
  readonly host: Host;
  readonly generation: number;
  readonly lowest: number;
  highest: number;
}

/**
 * Every tick that was issued, and by whom: each by one generation, those of earlier generations below those of later ones.
 * Only in the window that a process had when it was copied may its copies issue the same ticks.
 */
export class IssuedTicks {
  /** By machine ID: what each of its holders issued. */
  private readonly issued = new Map<string, Issued[]>();
  /** By machine ID and generation: where the window of a copied process ended. */
  private readonly copied = new Map<string, number>();
  count = 0;

  markCopied(id: MachineId, generation: number, limit: number): void {
    const copied = `${machineKey(id)}@${generation}`;
    this.copied.set(copied, Math.max(limit, this.copied.get(copied) ?? 0));
  }

  record(host: Host, id: MachineId, generation: number, tick: number): void {
    const key = machineKey(id);
    this.count++;
    const shared = this.copied.get(`${key}@${generation}`) ?? 0;
    // What a copy and its original may both issue is not compared with anything.
    if (tick <= shared) return;
    const all = this.issued.get(key) ?? [];
    this.issued.set(key, all);
    for (const other of all) {
      if (other.generation < generation) must(tick > other.highest, `${key}@${generation} issued ${tick} again`);
      if (other.generation > generation) must(tick < other.lowest, `${key}@${generation} issued ${tick} too late`);
      if (other.generation !== generation) continue;
      must(tick > other.highest, `${key}@${generation} issued ${tick} twice`);
      must(host === other.host || other.highest <= shared, `${key}@${generation} went on in two copies`);
    }
    const own = all.find((entry) => entry.generation === generation);
    if (own === undefined) all.push({ host, generation, lowest: tick, highest: tick });
    else Object.assign(own, { host, highest: tick });
  }
}
