/** The system clock, set wrong by `offsetMs`; its monotonic time and its sleep are real. */
export function shiftedClock({ offsetMs }) {
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  return {
    now: () => Date.now() + offsetMs,
    monotonic: () => performance.now(),
    sleep: (ms) => void Atomics.wait(nobody, 0, 0, ms),
  };
}
