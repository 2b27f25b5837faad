import { type Cell, measured, unmeasured } from "../cell.js";
import type { Gaps } from "../designs/design.js";
import type { Received } from "../load/received.js";

/** Numbers between the first and the last that were received which nobody received. */
export function lostIds({ ids }: Received, gaps: Gaps): Cell<number> {
  if (gaps.kind === "none") return unmeasured(gaps.why);
  const step = BigInt(gaps.step);
  const counters = new Map<bigint, { least: bigint; most: bigint; count: number }>();
  for (const id of ids.words) {
    const counter = id % step;
    const known = counters.get(counter);
    if (known === undefined) counters.set(counter, { least: id, most: id, count: 1 });
    else {
      if (id < known.least) known.least = id;
      if (id > known.most) known.most = id;
      known.count++;
    }
  }
  let lost = 0;
  for (const { least, most, count } of counters.values()) lost += Number((most - least) / step) + 1 - count;
  return measured(lost);
}
