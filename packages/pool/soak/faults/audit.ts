import { readFileSync } from "node:fs";

/** What was found in the files of issuers. */
export interface Audit {
  readonly count: number;
  readonly duplicates: number;
  /** IDs that are not above the one that the same file had before from the same machine ID. */
  readonly stepsBack: number;
  readonly machineIds: number;
}

const MACHINE_SHIFT = 12n;
const MACHINES = 1024n;

/** Every ID of every file, in the default layout. What a kill has cut off within an ID is no ID. */
export function auditFiles(files: readonly string[]): Audit {
  const parts = files.map((file) => {
    const bytes = readFileSync(file);
    return new BigUint64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.byteLength & ~7)));
  });
  const machines = new Set<bigint>();
  let stepsBack = 0;
  for (const ids of parts) {
    const latest = new Map<bigint, bigint>();
    for (const id of ids) {
      const machine = (id >> MACHINE_SHIFT) % MACHINES;
      if (id <= (latest.get(machine) ?? -1n)) stepsBack++;
      latest.set(machine, id);
      machines.add(machine);
    }
  }
  const all = new BigUint64Array(parts.reduce((sum, ids) => sum + ids.length, 0));
  let filled = 0;
  for (const ids of parts) {
    all.set(ids, filled);
    filled += ids.length;
  }
  all.sort();
  let duplicates = 0;
  for (let i = 1; i < all.length; i++) if (all[i] === all[i - 1]) duplicates++;
  return { count: all.length, duplicates, stepsBack, machineIds: machines.size };
}
