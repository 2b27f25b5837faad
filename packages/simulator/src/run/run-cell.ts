const PROGRESS_BYTES = 8;
const STOP_WORD = PROGRESS_BYTES / 4;

/** What two threads share about one run while it lasts: how far it is, and whether it must end. */
export interface RunCell {
  readonly buffer: SharedArrayBuffer;
  /** True time simulated so far, in milliseconds. */
  progressMs: number;
  readonly isStopped: boolean;
  stop(): void;
}

/** A cell of one run, over new shared memory or over memory that came from another thread. */
export function runCell(buffer: SharedArrayBuffer = new SharedArrayBuffer(PROGRESS_BYTES + 8)): RunCell {
  const progress = new Float64Array(buffer, 0, 1);
  const words = new Int32Array(buffer);
  return {
    buffer,
    get progressMs() {
      return progress[0]!;
    },
    set progressMs(atMs) {
      progress[0] = atMs;
    },
    get isStopped() {
      return Atomics.load(words, STOP_WORD) !== 0;
    },
    stop: () => {
      Atomics.store(words, STOP_WORD, 1);
    },
  };
}
