import type { Clock } from "@shardflake/core";

/** How long an answer's time may be carried on before the store is asked again, milliseconds. */
const FRESH_MS = 1000;

/**
 * The clock of a store that tells its time with every answer. Between answers it goes on by this host's monotonic clock,
 * so that nobody's wall clock but the store's has a say, and asking for the time costs no call of its own.
 */
export class StoreClock {
  private readonly clock: Clock;
  private latest: { readonly storeMs: number; readonly monotonicMs: number } | null = null;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Takes in the time that an answer told, Unix milliseconds; anything but a finite number says nothing. */
  note(storeMs: number): void {
    if (Number.isFinite(storeMs)) this.latest = { storeMs, monotonicMs: this.clock.monotonic() };
  }

  /** Unix milliseconds; null when no answer has told it lately. */
  read(): number | null {
    if (this.latest === null) return null;
    const agoMs = this.clock.monotonic() - this.latest.monotonicMs;
    return agoMs >= 0 && agoMs < FRESH_MS ? this.latest.storeMs + agoMs : null;
  }
}
