/** Something that happens at a time, once. */
interface Timer {
  readonly trueMs: number;
  readonly fire: () => void;
}

/** What waits for its time in one process, in the order in which it is due; what is due at the same time, as it came. */
export interface TimerQueue {
  /** When the next one is due; infinite when nothing waits. */
  readonly nextMs: number;
  /** Returns what takes it out again. */
  add(trueMs: number, fire: () => void): () => void;
  /** Takes out the next one and returns it. */
  take(): (() => void) | undefined;
}

/** An empty queue. Generators have few timers at a time, so it is a sorted list. */
export function createTimerQueue(): TimerQueue {
  const timers: Timer[] = [];
  return {
    get nextMs() {
      return timers[0]?.trueMs ?? Number.POSITIVE_INFINITY;
    },
    add(trueMs, fire) {
      const timer = { trueMs, fire };
      let at = timers.length;
      while (at > 0 && timers[at - 1]!.trueMs > trueMs) at--;
      timers.splice(at, 0, timer);
      return () => {
        const where = timers.indexOf(timer);
        if (where >= 0) timers.splice(where, 1);
      };
    },
    take: () => timers.shift()?.fire,
  };
}
