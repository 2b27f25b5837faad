import type { Clock } from "@shardflake/core";

/** How long a wild jump must hold before it is believed, on the monotonic clock. */
export const BELIEVE_AFTER_MS = 10_000;

/**
 * Wall time for a store that has no clock of its own. A forward jump against monotonic time by more than `maxLeadMs`
 * is not believed before it has held for 10 s of monotonic time: until then the time goes on from before the jump. So one
 * wrong reading, or one wrong year that is set right at once, burns no register.
 *
 * @returns a function that reads the time, Unix milliseconds
 */
export function guardedTime(clock: Clock, maxLeadMs: number): () => number {
  let trusted: { readonly wallMs: number; readonly monotonicMs: number } | null = null;
  let jumpedAtMs: number | null = null;
  return () => {
    const wallMs = clock.now();
    const monotonicMs = clock.monotonic();
    const expectedMs = trusted === null ? wallMs : trusted.wallMs + (monotonicMs - trusted.monotonicMs);
    if (!Number.isFinite(wallMs)) return expectedMs;
    if (wallMs - expectedMs > maxLeadMs) {
      jumpedAtMs ??= monotonicMs;
      if (monotonicMs - jumpedAtMs < BELIEVE_AFTER_MS) return expectedMs;
    }
    jumpedAtMs = null;
    trusted = { wallMs, monotonicMs };
    return wallMs;
  };
}
