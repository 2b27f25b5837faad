import { ShardflakeError } from "@shardflake/core";

/** Counts what is in work, and refuses what is too much of it. */
export class Busy {
  readonly #most: number;
  #now = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** @throws ShardflakeError `SERVER_BUSY` */
  enter(): void {
    if (this.#now >= this.#most) {
      throw new ShardflakeError(
        "SERVER_BUSY",
        `Expected at most ${this.#most} requests for IDs at a time, got one more. Ask again, or ask for more IDs at once.`,
      );
    }
    this.#now++;
  }

  leave(): void {
    this.#now--;
  }
}
