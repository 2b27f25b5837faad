/** Days for every entry there may be: few have more than one, and to look for the next takes few words. */
const DAYS_PER_ENTRY = 2;
/** Days of one word of the almanac. */
const WORD = 32;

/**
 * Many entries in the order of time, a day for every fraction of it, in turn (R. Brown, "Calendar queues: a fast O(1)
 * priority queue implementation for the simulation event set problem", 1988). Where times are random, comparing them is
 * what a processor cannot foresee; here they find their place by a multiplication, and the next day that has an entry by
 * counting zeros. Of equal times the lower entry comes first. It allocates nothing.
 */
export class Calendar {
  /** The entry that comes first, -1 for none, */
  first = -1;
  /** and when. */
  firstMs: number = Number.POSITIVE_INFINITY;
  /** Entries may be made for less than so long after the time that is sought next. */
  readonly horizonMs: number;
  readonly #daysPerMs: number;
  readonly #mask: number;
  readonly #times: Float64Array;
  /** The latest entry of each day, and of each entry the one before it on the same day; -1 for none. */
  readonly #heads: Int32Array;
  readonly #links: Int32Array;
  /** A bit for each day that has an entry. */
  readonly #almanac: Int32Array;
  /** The word of the almanac in which the first entry is, or the time that was sought. */
  #word = 0;
  #count = 0;

  /**
   * @param entries there are no more of them, numbered from 0
   * @param perMs how many there are in a millisecond
   */
  constructor(entries: number, perMs: number) {
    const days = 2 ** Math.ceil(Math.log2(Math.max(4 * WORD, entries * DAYS_PER_ENTRY)));
    this.#daysPerMs = perMs * DAYS_PER_ENTRY;
    this.#mask = days - 1;
    this.#times = new Float64Array(entries);
    this.#heads = new Int32Array(days).fill(-1);
    this.#links = new Int32Array(entries);
    this.#almanac = new Int32Array(days / WORD);
    // The last two words apart, so that a time after the turn of the year is not taken for one before it.
    this.horizonMs = (days - 2 * WORD) / this.#daysPerMs;
  }

  /** Makes an entry; {@link seek} must follow, for a time that no entry is before. */
  put(entry: number, atMs: number): void {
    const day = this.#dayOf(atMs);
    this.#times[entry] = atMs;
    this.#links[entry] = this.#heads[day]!;
    this.#heads[day] = entry;
    this.#almanac[day >> 5]! |= 1 << day;
    this.#count++;
  }

  /** Looks for the first entry from this time on. */
  seek(atMs: number): void {
    this.#word = this.#dayOf(atMs) >> 5;
    this.#find();
  }

  /** Strikes out the first entry, and looks for the one after it. */
  advance(): void {
    const day = this.#dayOf(this.firstMs);
    const { first } = this;
    const links = this.#links;
    if (this.#heads[day] === first) {
      this.#heads[day] = links[first]!;
      if (links[first]! < 0) this.#almanac[day >> 5]! ^= 1 << day;
    } else {
      let later = this.#heads[day]!;
      while (links[later] !== first) later = links[later]!;
      links[later] = links[first]!;
    }
    this.#count--;
    this.#find();
  }

  #find(): void {
    if (this.#count === 0) {
      this.first = -1;
      this.firstMs = Number.POSITIVE_INFINITY;
      return;
    }
    const almanac = this.#almanac;
    let word = this.#word;
    while (almanac[word] === 0) word = (word + 1) & (this.#mask >> 5);
    this.#word = word;
    const days = almanac[word]!;
    const day = word * WORD + (WORD - 1 - Math.clz32(days & -days));
    let first = this.#heads[day]!;
    for (let other = this.#links[first]!; other >= 0; other = this.#links[other]!) {
      if (this.#isBefore(other, first)) first = other;
    }
    this.first = first;
    this.firstMs = this.#times[first]!;
  }

  #isBefore(entry: number, other: number): boolean {
    const atMs = this.#times[entry]!;
    const otherMs = this.#times[other]!;
    return atMs < otherMs || (atMs === otherMs && entry < other);
  }

  #dayOf(atMs: number): number {
    return (atMs * this.#daysPerMs) & this.#mask;
  }
}
