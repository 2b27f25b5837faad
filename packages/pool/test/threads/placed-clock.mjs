/** Clocks that differ by shard: each is a thousand seconds ahead of the one before it, the first ahead of everybody else. */
export const PLACED = { module: import.meta.url, export: "placedClock", options: { aheadMs: 1_000_000 } };

export function placedClock({ aheadMs }, place) {
  const offsetMs = place.kind === "shard" ? (place.shard + 1) * aheadMs : 0;
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  return {
    now: () => Date.now() + offsetMs,
    monotonic: () => performance.now(),
    sleep: (ms) => void Atomics.wait(nobody, 0, 0, ms),
  };
}
