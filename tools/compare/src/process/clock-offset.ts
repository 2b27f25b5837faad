/** How far this process's wall clock is from the host's, in milliseconds; all its threads see it at once. */
export type ClockOffset = Int32Array<SharedArrayBuffer>;

/**
 * Puts this process on a wall clock of its own: `Date.now` reads the host's plus an offset. What reads the time by other
 * means (`new Date()`, `performance`) is not changed; nothing that runs here issues IDs by those.
 */
export function installClockOffset(): ClockOffset {
  const offset: ClockOffset = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const hostNow = Date.now;
  Date.now = () => hostNow() + Atomics.load(offset, 0);
  return offset;
}

/** The clock of the host without the offset: every process of it reads the same, to microseconds. */
export function monotonicMs(): number {
  return performance.now() + SINCE_BOOT_MS;
}

/** `performance.now()` counts from the start of the process, `hrtime` from one moment for all processes of the host. */
const SINCE_BOOT_MS: number = Number(process.hrtime.bigint()) / 1e6 - performance.now();
