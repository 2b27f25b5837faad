import { setImmediate } from "node:timers/promises";
import type { Layout } from "@shardflake/core";
import type { Observer } from "../observation/observer.js";
import type { Life } from "./life.js";
import { LifeReader } from "./life-reader.js";
import { seatOf } from "./seat.js";
import type { MisshapenId, Tally } from "./tally.js";
import type { RecordBatch } from "./thread/records.js";

/** What {@link tellLives} takes. */
export interface TellLivesOptions {
  readonly lives: readonly Life[];
  /** Records of each life. */
  readonly batches: readonly (readonly RecordBatch[])[];
  readonly layout: Layout;
  readonly rankOf: (text: string) => number;
  readonly stallMs: number;
  readonly observer: Observer;
  readonly signal: AbortSignal | undefined;
}

/** How many misshapen IDs are kept; all are counted. */
const KEPT = 5;

/** Records between two turns of the loop. */
const RECORDS_PER_TURN = 2 ** 14;

/**
 * Tells the observer everything that happened in all lives, in the order of completion.
 *
 * @throws the signal's reason when it was aborted
 */
export async function tellLives(options: TellLivesOptions): Promise<Tally> {
  const teller = new Teller(options);
  while (teller.turn()) {
    await setImmediate();
    options.signal?.throwIfAborted();
  }
  return teller;
}

/** A life and how far it was told. */
class Told {
  readonly life: Life;
  readonly number: number;
  readonly reader: LifeReader;
  /** Number of its holding; -1 before it began. */
  holding = -1;
  isOver = false;

  constructor(life: Life, number: number, batches: readonly RecordBatch[]) {
    this.life = life;
    this.number = number;
    this.reader = new LifeReader(batches);
  }

  /** When the next thing happens; infinite when nothing does any more. */
  get nextMs(): number {
    if (this.holding < 0) return this.life.fromMs;
    if (this.reader.completedMs < Number.POSITIVE_INFINITY) return this.reader.completedMs;
    return this.life.end === "killed" && !this.isOver ? this.life.toMs : Number.POSITIVE_INFINITY;
  }

  /** What happens at the same time happens in the order of the lives: the end of one before the start of the next. */
  isBefore(other: Told): boolean {
    return this.nextMs < other.nextMs || (this.nextMs === other.nextMs && this.number < other.number);
  }
}

class Teller implements Tally {
  readonly throws = new Map<string, number>();
  readonly misshapenFirst: MisshapenId[] = [];
  readonly seenFaults = new Set<number>();
  hangs = 0;
  lost = 0;
  misshapen = 0;
  readonly #options: TellLivesOptions;
  /** The one with the next thing to tell first. */
  readonly #lives: Told[];
  #holdings = 0;

  constructor(options: TellLivesOptions) {
    this.#options = options;
    this.#lives = options.lives
      .map((life, number) => new Told(life, number, options.batches[number]!))
      .sort((a, b) => (a.isBefore(b) ? -1 : 1));
  }

  /** Tells a bounded number of things. Returns whether there is more. */
  turn(): boolean {
    for (let left = RECORDS_PER_TURN; left > 0; left--) {
      const told = this.#lives[0];
      if (told === undefined || told.nextMs === Number.POSITIVE_INFINITY) return false;
      this.#tellNext(told);
      for (let at = 1; at < this.#lives.length && this.#lives[at]!.isBefore(told); at++) {
        this.#lives[at - 1] = this.#lives[at]!;
        this.#lives[at] = told;
      }
    }
    return true;
  }

  #tellNext(told: Told): void {
    const { life, reader } = told;
    if (told.holding < 0) this.#begin(told);
    else if (reader.completedMs < Number.POSITIVE_INFINITY) {
      this.#tellRecord(told);
      reader.advance();
    } else {
      told.isOver = true;
      this.#options.observer.ended(told.holding, this.#options.layout.maxTick, life.toMs);
    }
  }

  #begin(told: Told): void {
    const { layout, observer } = this.#options;
    const { shard, copy, generation, fromMs } = told.life;
    told.holding = this.#holdings++;
    const holder = `${shard}/${generation}`;
    // Foreign generators have no windows: each may issue every tick.
    observer.held({ shard, holder, ...seatOf(layout, shard), generation, floor: 0, copy }, fromMs);
  }

  #tellRecord({ life, holding, reader }: Told): void {
    const { observer, rankOf, stallMs } = this.#options;
    const { kind, requestedMs, completedMs, errorMs } = reader;
    switch (kind) {
      case "issued":
      case "issued-text": {
        const id = kind === "issued" ? reader.id : BigInt(rankOf(reader.text));
        const high = Number(id >> 32n);
        observer.issued(holding, requestedMs, completedMs, errorMs, high, Number(id & 0xffffffffn), 1);
        break;
      }
      case "misshapen":
        this.misshapen++;
        if (this.misshapenFirst.length < KEPT) {
          this.misshapenFirst.push({ shard: life.shard, atMs: completedMs, value: reader.text });
        }
        break;
      case "refused": {
        const { code, name } = reader.refusal;
        this.throws.set(name, (this.throws.get(name) ?? 0) + 1);
        observer.refused(life.shard, requestedMs, completedMs, 1, code);
        break;
      }
      case "unanswered":
        // A client whose server is killed knows it at once.
        if (life.end === "killed" && completedMs - requestedMs <= stallMs) this.lost++;
        else {
          this.hangs++;
          observer.unanswered(life.shard, requestedMs, completedMs, 1);
        }
        break;
      case "fault-seen":
        this.seenFaults.add(Number(reader.id));
        observer.faultSeen(Number(reader.id), life.shard, completedMs);
    }
  }
}
