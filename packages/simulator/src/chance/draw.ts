import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Draws one thing after another from a seed. */
export class Draw {
  readonly #random: { next(): number };

  constructor(seed: number) {
    this.#random = xoroshiro128plus(seed);
  }

  /** From 0 to below 1. */
  unit(): number {
    return (this.#random.next() >>> 0) / 2 ** 32;
  }

  /** An integer, both ends included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.unit() * (most - least + 1));
  }

  /** Every order of magnitude as often as every other: for sizes whose corner cases are small. Rounded to 0.001. */
  magnitude(least: number, most: number): number {
    const value = least * (most / least) ** this.unit();
    return value >= 10 ? Math.round(value) : Math.round(value * 1000) / 1000;
  }

  /** True in this share of the draws. */
  happens(share: number): boolean {
    return this.unit() < share;
  }

  sign(): 1 | -1 {
    return this.happens(0.5) ? 1 : -1;
  }

  oneOf<const Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.integer(0, items.length - 1)]!;
  }
}
