import type { DaemonFault } from "../scenario/fault.js";

/** How a daemon treats an offset; all that its documentation says and a simulation can tell apart. */
interface Discipline {
  /** It never makes the clock run faster or slower than this by its correction, a ratio. */
  readonly mostRate: number;
  /** Offsets above this are stepped … */
  readonly stepAboveMs: number;
  /** … once they have been above it for so long … */
  readonly stepAfterMs: number;
  /** … and only in so many updates after its start. */
  readonly stepUpdates: number;
  /** It gives up on an offset above this. */
  readonly quitAboveMs: number;
}

const DISCIPLINES: Readonly<Record<DaemonFault["daemon"], Discipline>> = {
  /** ntpd(8): 500 ppm, step threshold 128 ms, stepout 900 s, panic threshold 1000 s. */
  ntpd: {
    mostRate: 500e-6,
    stepAboveMs: 128,
    stepAfterMs: 900_000,
    stepUpdates: Number.POSITIVE_INFINITY,
    quitAboveMs: 1_000_000,
  },
  /** ntpd(8), `-x`: the step threshold becomes 600 s. */
  "ntpd-x": {
    mostRate: 500e-6,
    stepAboveMs: 600_000,
    stepAfterMs: 900_000,
    stepUpdates: Number.POSITIVE_INFINITY,
    quitAboveMs: 1_000_000,
  },
  /** chrony.conf(5): `maxslewrate` 83,333.333 ppm; Debian's `makestep 1 3`. */
  chrony: {
    mostRate: 1 / 12,
    stepAboveMs: 1000,
    stepAfterMs: 0,
    stepUpdates: 3,
    quitAboveMs: Number.POSITIVE_INFINITY,
  },
  /**
   * systemd's timesyncd-manager.c: offsets below 0.4 s go to the kernel's loop, others are stepped. The loop takes at
   * most a quarter of what is left in a second (SHIFT_PLL in the kernel's ntp.c), 0.1 s a second of 0.4 s.
   */
  timesyncd: {
    mostRate: 0.1,
    stepAboveMs: 400,
    stepAfterMs: 0,
    stepUpdates: Number.POSITIVE_INFINITY,
    quitAboveMs: Number.POSITIVE_INFINITY,
  },
};

/** The kernel's limit on a frequency correction (adjtimex(2)); no crystal that works is further off. */
const MOST_FREQUENCY = 500e-6;

/** What a source over a network cannot tell from nothing. */
const NEGLIGIBLE_MS = 1e-6;

/**
 * A time daemon: polls its source, learns the crystal's rate error, and takes the offset away until the next poll, as
 * fast as it may. Its source is always right and measured exactly. The loops are simplified to a straight line between
 * polls; what is kept is what matters here: when it slews, how fast at most, when it steps, when it gives up.
 */
export class TimeDaemon {
  readonly #discipline: Discipline;
  readonly #pollMs: number;
  readonly #startMs: number;
  #frequency = 0;
  #slew = 0;
  #running = true;
  /** When the offset was first above the threshold without a pause since; NaN: it is not. */
  #aboveSinceMs = Number.NaN;
  #lastPollMs = Number.NaN;
  #lastOffsetMs = 0;

  constructor(daemon: DaemonFault["daemon"], pollMs: number, startMs: number) {
    this.#discipline = DISCIPLINES[daemon];
    this.#pollMs = pollMs;
    this.#startMs = startMs;
  }

  /** What it adds to the rate of the clock until the next poll, a ratio. */
  get correction(): number {
    return this.#frequency + this.#slew;
  }

  /** The first poll at or after this time. */
  nextPollMs(trueMs: number): number {
    if (!this.#running) return Number.POSITIVE_INFINITY;
    return this.#startMs + Math.max(0, Math.ceil((trueMs - this.#startMs) / this.#pollMs)) * this.#pollMs;
  }

  /** Whether it would do the same for ever if the crystal goes on at this rate error, and nothing else happens. */
  isLocked(crystalRate: number): boolean {
    const waitsToStep = !Number.isNaN(this.#aboveSinceMs);
    return (
      !waitsToStep && this.#slew === 0 && Math.abs(crystalRate + this.#frequency) * this.#pollMs < NEGLIGIBLE_MS / 1000
    );
  }

  /** A poll that finds this offset. Returns by how much it steps the clock, 0 if it does not. */
  poll(offsetMs: number, trueMs: number): number {
    const { stepAboveMs, stepAfterMs, stepUpdates, quitAboveMs } = this.#discipline;
    if (Math.abs(offsetMs) > quitAboveMs) {
      this.#running = false;
      this.#frequency = 0;
      this.#slew = 0;
      return 0;
    }
    this.#learn(offsetMs, trueMs);
    const update = Math.round((trueMs - this.#startMs) / this.#pollMs);
    if (Math.abs(offsetMs) <= stepAboveMs || update >= stepUpdates) {
      this.#aboveSinceMs = Number.NaN;
      this.#plan(offsetMs, trueMs);
      return 0;
    }
    if (Number.isNaN(this.#aboveSinceMs)) this.#aboveSinceMs = trueMs;
    const steps = trueMs - this.#aboveSinceMs >= stepAfterMs;
    if (steps) this.#aboveSinceMs = Number.NaN;
    this.#slew = 0;
    this.#lastPollMs = trueMs;
    this.#lastOffsetMs = steps ? 0 : offsetMs;
    return steps ? -offsetMs : 0;
  }

  /** What changed since the last poll beyond the slew is the crystal's, unless no crystal could be that wrong. */
  #learn(offsetMs: number, trueMs: number): void {
    const elapsedMs = trueMs - this.#lastPollMs;
    if (!(elapsedMs > 0)) return;
    const unexplained = (offsetMs - this.#lastOffsetMs - this.#slew * elapsedMs) / elapsedMs;
    if (Math.abs(unexplained) > MOST_FREQUENCY) return;
    this.#frequency = within(MOST_FREQUENCY, this.#frequency - unexplained);
  }

  #plan(offsetMs: number, trueMs: number): void {
    const { mostRate } = this.#discipline;
    const wanted = Math.abs(offsetMs) < NEGLIGIBLE_MS ? 0 : -offsetMs / this.#pollMs;
    this.#slew = wanted === 0 ? 0 : within(mostRate, this.#frequency + wanted) - this.#frequency;
    this.#lastPollMs = trueMs;
    this.#lastOffsetMs = offsetMs;
  }
}

function within(most: number, value: number): number {
  return Math.max(-most, Math.min(most, value));
}
