import type { Received } from "../load/received.js";

/** The longest that a client waited between two receipts from a moment on, of those clients that were there before it and stayed. */
export function longestSilenceMs(received: Received, fromMs: number): number | undefined {
  const { client, completedMs, requests } = received;
  const lastMs = new Map<number, number>();
  const longestMs = new Map<number, number>();
  const there = new Set<number>();
  for (let i = 0; i < requests; i++) {
    const [seat, atMs] = [client[i]!, completedMs[i]!];
    const before = lastMs.get(seat);
    lastMs.set(seat, atMs);
    if (atMs < fromMs) there.add(seat);
    if (before === undefined || atMs < fromMs || !there.has(seat)) continue;
    longestMs.set(seat, Math.max(longestMs.get(seat) ?? 0, atMs - Math.max(before, fromMs)));
  }
  return longestMs.size === 0 ? undefined : Math.max(...longestMs.values());
}

/** The longest time from a moment on without any receipt, whoever's. */
export function longestGapMs({ completedMs }: Received, fromMs: number): number {
  let [longestMs, beforeMs] = [0, fromMs];
  for (const atMs of completedMs) {
    if (atMs < fromMs) continue;
    longestMs = Math.max(longestMs, atMs - beforeMs);
    beforeMs = atMs;
  }
  return longestMs;
}
