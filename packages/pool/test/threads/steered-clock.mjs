/** A clock that a test steers from outside, by shared memory, also in the middle of a busy task. */

/** What a thread suffers in its sleep; only the threads of shards ever sleep. */
export const FAULTS = { none: 0, exit: 1, throwLater: 2, sleepLong: 3 };
const LONG_SLEEP_MS = 3000;
const [OFFSET_MS, FAULT] = [0, 1];

/** The test's end: the clock to hand to a pool, and what steers all clocks made from it. */
export function steering() {
  const memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const fields = new Int32Array(memory);
  return {
    spec: { module: import.meta.url, export: "steeredClock", options: { memory } },
    setOffsetMs: (ms) => void Atomics.store(fields, OFFSET_MS, ms),
    /** Exactly one thread suffers it, the next that sleeps. */
    inflict: (fault) => void Atomics.store(fields, FAULT, fault),
    isInflicted: () => Atomics.load(fields, FAULT) === FAULTS.none,
  };
}

export function steeredClock({ memory }) {
  const fields = new Int32Array(memory);
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  const suffer = (fault) => {
    if (fault === FAULTS.exit) process.exit(1);
    if (fault === FAULTS.throwLater) {
      setImmediate(() => {
        throw new Error("thrown by a test's clock");
      });
    }
    if (fault === FAULTS.sleepLong) Atomics.wait(nobody, 0, 0, LONG_SLEEP_MS);
  };
  return {
    now: () => Date.now() + Atomics.load(fields, OFFSET_MS),
    monotonic: () => performance.now(),
    sleep: (ms) => {
      suffer(Atomics.exchange(fields, FAULT, FAULTS.none));
      Atomics.wait(nobody, 0, 0, ms);
    },
  };
}
