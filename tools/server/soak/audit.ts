import { decompose, type Layout } from "@shardflake/core";
import type { Answer } from "./load.js";

/** What all clients together found. */
export interface Findings {
  readonly ids: number;
  readonly duplicates: number;
  /** Machine IDs on which the IDs of one holder reach among those of its successor. */
  readonly overlaps: readonly string[];
}

/** Audits everything that was acknowledged, a list for each process that issued, in the order in which they started. */
export function audit(layout: Layout, processes: readonly (readonly Answer[])[]): Findings {
  const all = BigUint64Array.from(processes.flatMap((answers) => answers.flatMap(({ ids }) => ids)));
  all.sort();
  let duplicates = 0;
  for (let i = 1; i < all.length; i++) if (all[i] === all[i - 1]) duplicates++;
  return { ids: all.length, duplicates, overlaps: overlapsOf(layout, processes) };
}

function overlapsOf(layout: Layout, processes: readonly (readonly Answer[])[]): string[] {
  const ranges = new Map<string, { from: bigint; to: bigint; process: number }[]>();
  processes.forEach((answers, process) => {
    for (const id of answers.flatMap(({ ids }) => ids)) {
      const { datacenterId, machineId } = decompose(layout, id);
      const machine = `${datacenterId}/${machineId}`;
      const known = ranges.get(machine) ?? [];
      ranges.set(machine, known);
      const own = known.find((range) => range.process === process);
      if (own === undefined) known.push({ from: id, to: id, process });
      else {
        own.from = id < own.from ? id : own.from;
        own.to = id > own.to ? id : own.to;
      }
    }
  });
  return [...ranges].flatMap(([machine, known]) => {
    const sorted = known.sort((a, b) => (a.from < b.from ? -1 : 1));
    return sorted.some((range, i) => i > 0 && range.from <= sorted[i - 1]!.to) ? [machine] : [];
  });
}
