import type { Observer } from "../observation/observer.js";

/** How many answers a member works out at a time. More gain nothing, and a fleet's would not fit into the cache. */
const MOST = 16;

/**
 * Answers that a member has worked out before their time came, each of one ID at the moment it was asked for. Nothing but
 * its own clock and window has a say in them, so they can be made one after the other while all that is needed is in the
 * cache, and told one by one among those of the others.
 */
export class Foresight {
  private readonly times = new Float64Array(MOST);
  private readonly errors = new Float64Array(MOST);
  private readonly highs = new Uint32Array(MOST);
  private readonly lows = new Uint32Array(MOST);
  private count = 0;
  private told = 0;

  get isEmpty(): boolean {
    return this.told === this.count;
  }

  get isFull(): boolean {
    return this.count === MOST;
  }

  /** When the next answer is due. */
  get nextMs(): number {
    return this.times[this.told]!;
  }

  /** Before the first answer of a new lot. */
  clear(): void {
    this.count = 0;
    this.told = 0;
  }

  add(atMs: number, errorMs: number, high: number, low: number): void {
    const { count } = this;
    this.times[count] = atMs;
    this.errors[count] = errorMs;
    this.highs[count] = high;
    this.lows[count] = low;
    this.count = count + 1;
  }

  /** The time of the next answer has come. */
  tell(observer: Observer, holding: number): void {
    const at = this.told++;
    const atMs = this.times[at]!;
    observer.issued(holding, atMs, atMs, this.errors[at]!, this.highs[at]!, this.lows[at]!, 1);
  }
}
