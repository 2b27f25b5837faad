/** Latencies of requests, in milliseconds. */
export interface Latency {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
}

/** @returns NaN for every percentile where there was no request */
export function latencyOf(requestedMs: Float64Array, completedMs: Float64Array): Latency {
  const sorted = completedMs.map((ms, i) => ms - requestedMs[i]!).sort();
  return {
    requests: sorted.length,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    p999Ms: percentile(sorted, 0.999),
  };
}

/** The smallest value that at least this share of all values does not exceed. */
function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
