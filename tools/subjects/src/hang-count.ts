import type { Observer } from "@shardflake/simulator";

/** Counts the processes that let a request wait longer than the bound and did not answer it, as those of subjects are. */
export class HangCount implements Observer {
  readonly #stallMs: number;
  readonly #shards = new Set<number>();

  constructor(stallMs: number) {
    this.#stallMs = stallMs;
  }

  get hangs(): number {
    return this.#shards.size;
  }

  horizon(): void {}

  unanswered(shard: number, requestedMs: number, endMs: number): void {
    if (endMs - requestedMs > this.#stallMs) this.#shards.add(shard);
  }

  held(): void {}
  extended(): void {}
  ended(): void {}
  issued(): void {}
  refused(): void {}
  faultSeen(): void {}
  branch(): void {}
}
