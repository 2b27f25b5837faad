/** Below the tick of a 41/5/5/12 ID stand 22 bits. */
const BELOW_TICK = 2 ** 22;
/** IDs of machine ID 0/0 have nothing but a sequence of 12 bits below the tick. */
const SEQUENCES = 2 ** 12;
const BILLION = 1_000_000_000;
const [LINE_FEED, ZERO, NINE] = [10, 48, 57];

/**
 * Checks decimal IDs, one a line, of several runs one after another: digits only, machine ID 0/0 of the default layout,
 * and each above the one before it, across the runs too, so that none can occur twice. Looks at bytes: a run writes
 * millions of lines a second.
 */
export class IdLines {
  /** Complete lines of all runs. */
  total = 0;
  /** Complete lines of this run. */
  lines = 0;
  /** The tick of this run's first ID; NaN before. */
  firstTick = Number.NaN;
  /** What was wrong, the first few. */
  readonly faults: string[] = [];
  private run = 0;
  /** The ID before, in two parts of which the lower has nine digits. */
  private lastHigh = 0;
  private lastLow = 0;
  private line: number[] = [];

  startRun(): void {
    this.run++;
    this.lines = 0;
    this.firstTick = Number.NaN;
    // What a kill has cut off is no record.
    this.line = [];
  }

  feed(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (byte !== LINE_FEED) this.line.push(byte);
      else {
        this.check(this.line);
        this.line.length = 0;
      }
    }
  }

  private check(line: readonly number[]): void {
    this.lines++;
    this.total++;
    const fault = this.faultOf(line);
    if (fault !== undefined && this.faults.length < 20) {
      this.faults.push(`run ${this.run}, line ${this.lines}: ${fault}: ${String.fromCharCode(...line)}`);
    }
  }

  private faultOf(line: readonly number[]): string | undefined {
    let [high, low] = [0, 0];
    const middle = line.length - 9;
    for (let i = 0; i < line.length; i++) {
      const byte = line[i]!;
      if (byte < ZERO || byte > NINE) return "no decimal";
      if (i < middle) high = high * 10 + byte - ZERO;
      else low = low * 10 + byte - ZERO;
    }
    // 18 digits until 2027, 19 after that.
    if (line.length < 18 || line.length > 19 || line[0] === ZERO) return "a wrong length";
    const below = ((high % BELOW_TICK) * BILLION + low) % BELOW_TICK;
    if (below >= SEQUENCES) return "another machine ID";
    if (high === this.lastHigh && low === this.lastLow) return "a duplicate";
    if (high < this.lastHigh || (high === this.lastHigh && low < this.lastLow)) return "a step back";
    this.lastHigh = high;
    this.lastLow = low;
    // Rounded by at most 128 IDs, and half a tick has 2 million.
    const tick = Math.round((high * BILLION + (low - below)) / BELOW_TICK);
    if (Number.isNaN(this.firstTick)) this.firstTick = tick;
    return undefined;
  }
}
