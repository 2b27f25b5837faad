import type { Fault } from "../../scenario/fault.js";

/** When a fault was seen on a shard. */
interface Seen {
  readonly shard: number;
  readonly atMs: number;
}

/** Which of the scheduled faults somebody could see, how often, and what was wrong at a time. */
export class FaultsSeen {
  readonly #faults: readonly Fault[];
  readonly #counts: number[];
  /** First time that each fault was seen, for each shard. */
  readonly #first: Seen[][];

  constructor(faults: readonly Fault[]) {
    this.#faults = faults;
    this.#counts = faults.map(() => 0);
    this.#first = faults.map(() => []);
  }

  add(fault: number, shard: number, atMs: number): void {
    this.#counts[fault] = (this.#counts[fault] ?? 0) + 1;
    const first = this.#first[fault];
    if (first?.every((seen) => seen.shard !== shard)) first.push({ shard, atMs });
  }

  /** How many of the scheduled faults were seen, by their place in the scenario. */
  get seen(): boolean[] {
    return this.#faults.map((_, index) => (this.#counts[index] ?? 0) > 0);
  }

  /** How often the faults of each kind were seen; 0 for a kind that was scheduled in vain. */
  coverage(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [index, { kind }] of this.#faults.entries()) {
      counts[`fault:${kind}`] = (counts[`fault:${kind}`] ?? 0) + (this.#counts[index] ?? 0);
    }
    return counts;
  }

  /** What was wrong in a period of true time; where nothing was, what had been wrong last. */
  describe(fromMs: number, toMs: number): string {
    const begun = [...this.#faults.entries()].filter(([, { atMs }]) => atMs <= toMs);
    const active = begun.filter(([, { atMs, forMs }]) => atMs + forMs >= fromMs);
    if (active.length > 0) return `active faults: ${active.map(([index]) => this.#describe(index, toMs)).join("; ")}`;
    const [last] = begun.toSorted(([, a], [, b]) => b.atMs + b.forMs - (a.atMs + a.forMs));
    return last === undefined
      ? "no fault was active before or then"
      : `no fault was active then; the last one before was ${this.#describe(last[0], toMs)}`;
  }

  #describe(index: number, untilMs: number): string {
    const { kind, atMs, forMs } = this.#faults[index] as Fault;
    const shards = (this.#first[index] ?? []).filter((seen) => seen.atMs <= untilMs).map(({ shard }) => shard);
    const where = shards.length === 0 ? "not seen so far" : `seen on shard ${shards.join(", ")}`;
    return `${kind} from ${atMs} ms for ${forMs} ms (${where})`;
  }
}
