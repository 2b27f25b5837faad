import type { Fault } from "../../scenario/fault.js";
import { msText } from "./figures.js";

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

  /**
   * What was wrong in a period of true time, and what had begun last before: an instant (a step, a restart) leaves behind
   * what lasts by itself.
   */
  describe(fromMs: number, toMs: number): string {
    const begun = [...this.#faults.entries()].filter(([, { atMs }]) => atMs <= toMs);
    const isActive = ([, { atMs, forMs }]: [number, Fault]): boolean => forMs > 0 && atMs + forMs >= fromMs;
    const active = begun.filter(isActive).map(([index]) => this.#describe(index, toMs));
    const past = begun.filter((fault) => !isActive(fault)).toSorted(([, a], [, b]) => a.atMs - b.atMs);
    const last = past.at(-1);
    const present = active.length > 0 ? `active faults: ${active.join(", ")}` : "no fault was active";
    return last === undefined ? present : `${present}; the last one before: ${this.#describe(last[0], toMs)}`;
  }

  #describe(index: number, untilMs: number): string {
    const { kind, atMs, forMs } = this.#faults[index] as Fault;
    const shards = (this.#first[index] ?? []).filter((seen) => seen.atMs <= untilMs).map(({ shard }) => shard);
    const where = shards.length === 0 ? "not seen so far" : `seen on shard ${shards.join(", ")}`;
    return `${kind} ${forMs > 0 ? `from ${msText(atMs)} to ${msText(atMs + forMs)}` : `at ${msText(atMs)}`} (${where})`;
  }
}
