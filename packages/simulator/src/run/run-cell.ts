/** How far a run is. */
export interface RunProgress {
  /** True time simulated so far, in milliseconds. */
  readonly atMs: number;
  /** What it will be at the end; 0 until the scenario is known. */
  readonly durationMs: number;
}

/** What two threads share about one run while it lasts: how far it is, and whether it must end. */
export interface RunCell {
  readonly buffer: SharedArrayBuffer;
  progress: RunProgress;
  readonly isStopped: boolean;
  stop(): void;
}

/** Two doubles, then the word that says stop. */
const DOUBLES = 2;
const STOP_WORD = 2 * DOUBLES;
const BYTES = 8 * (DOUBLES + 1);

/** A cell of one run, over new shared memory or over memory that came from another thread. */
export function runCell(buffer: SharedArrayBuffer = new SharedArrayBuffer(BYTES)): RunCell {
  const times = new Float64Array(buffer, 0, DOUBLES);
  const words = new Int32Array(buffer);
  return {
    buffer,
    get progress() {
      return { atMs: times[0]!, durationMs: times[1]! };
    },
    set progress({ atMs, durationMs }) {
      times[0] = atMs;
      times[1] = durationMs;
    },
    get isStopped() {
      return Atomics.load(words, STOP_WORD) !== 0;
    },
    stop: () => {
      Atomics.store(words, STOP_WORD, 1);
    },
  };
}
