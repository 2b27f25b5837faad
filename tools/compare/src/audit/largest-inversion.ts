/** How far out of order IDs were received. */
export interface Inversion {
  /** The longest time between the receipt of an ID and the later request for a smaller one; 0 where there is none. */
  readonly ms: number;
  /** The most IDs that were received from the one to the other. */
  readonly ids: number;
}

/** IDs in the order of their receipt, with the times of request and of receipt. */
export interface Timed {
  readonly values: BigUint64Array;
  readonly requestedMs: Float64Array;
  readonly completedMs: Float64Array;
}

/**
 * The largest inversion: `a` was received before `b` was requested, and `a` is the larger one. IDs whose requests
 * overlapped may come in any order.
 */
export function largestInversion({ values, requestedMs, completedMs }: Timed): Inversion {
  // Those that were larger than all before them: the earliest ID above any value is one of them.
  const records: { readonly value: bigint; readonly at: number }[] = [];
  let [ms, ids] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    const last = records.at(-1);
    if (last === undefined || value > last.value) {
      records.push({ value, at });
      continue;
    }
    const first = earliestAbove(records, value);
    if (first === undefined) continue;
    const distanceMs = requestedMs[at]! - completedMs[first]!;
    if (distanceMs <= 0) continue;
    ms = Math.max(ms, distanceMs);
    ids = Math.max(ids, at - first);
  }
  return { ms, ids };
}

function earliestAbove(
  records: readonly { readonly value: bigint; readonly at: number }[],
  value: bigint,
): number | undefined {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle]!.value > value) high = middle;
    else low = middle + 1;
  }
  return records[low]?.at;
}
