/** Numbers a run takes: tick, place of its lane, sequence, count. */
const FIELDS = 4;
const FIRST_CAPACITY = 64;

/**
 * Runs that are reserved and not yet written, first in, first out. Numbers in one array and no object a run: a shard at
 * the ceiling reserves thousands of runs a second, and what it allocates for them outlives collections of its young
 * generation while the shard sleeps.
 */
export class RunQueue {
  private fields = new Float64Array(FIRST_CAPACITY * FIELDS);
  private head = 0;
  private end = 0;

  get isEmpty(): boolean {
    return this.head === this.end;
  }

  /** Tick of the first run. Like the other getters, only for a queue that is not empty. */
  get tick(): number {
    return this.fields[this.head]!;
  }

  /** Place of the first run's lane among the lanes of its shard. */
  get lane(): number {
    return this.fields[this.head + 1]!;
  }

  get sequence(): number {
    return this.fields[this.head + 2]!;
  }

  get count(): number {
    return this.fields[this.head + 3]!;
  }

  push(tick: number, lane: number, sequence: number, count: number): void {
    if (this.end === this.fields.length) this.makeRoom();
    this.fields[this.end++] = tick;
    this.fields[this.end++] = lane;
    this.fields[this.end++] = sequence;
    this.fields[this.end++] = count;
  }

  /** Takes the first `count` IDs of the first run away. */
  take(count: number): void {
    const left = this.count - count;
    if (left > 0) {
      this.fields[this.head + 2] = this.sequence + count;
      this.fields[this.head + 3] = left;
      return;
    }
    this.head += FIELDS;
    if (this.isEmpty) {
      this.head = 0;
      this.end = 0;
    }
  }

  private makeRoom(): void {
    const used = this.fields.subarray(this.head, this.end);
    if (this.head < this.fields.length / 2) {
      const longer = new Float64Array(this.fields.length * 2);
      longer.set(used);
      this.fields = longer;
    } else {
      this.fields.copyWithin(0, this.head, this.end);
    }
    this.end -= this.head;
    this.head = 0;
  }
}
