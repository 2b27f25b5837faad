import type { Stalls } from "../outcome/outcome.js";

/** Bits of the significand that tell buckets apart: a bucket is at most 1/64 wide, relative to its lower end. */
const PRECISION_BITS = 6;
const SHIFT: number = 20 - PRECISION_BITS;
/** Shorter waits than 2^-10 ms count as none, longer ones than 2^40 ms (35 years) as that long. */
const LEAST_EXPONENT = -10;
const MOST_EXPONENT = 40;
const FIRST: number = (1023 + LEAST_EXPONENT) << PRECISION_BITS;
const BUCKETS: number = (MOST_EXPONENT - LEAST_EXPONENT) << PRECISION_BITS;

/**
 * Counts waiting times in buckets whose width grows with the time, as an HDR histogram does: exponent and highest bits
 * of the significand (IEEE 754 binary64) number the buckets. Quantiles are at most 1.6 % too high, the largest is exact.
 */
export class StallHistogram {
  readonly #counts: Float64Array = new Float64Array(BUCKETS);
  readonly #scratch: Float64Array = new Float64Array(1);
  readonly #words: Int32Array = new Int32Array(this.#scratch.buffer);
  #none = 0;
  #max = 0;

  add(ms: number): void {
    if (ms > this.#max) this.#max = ms;
    this.#scratch[0] = ms;
    const bucket = ((this.#words[1] as number) >> SHIFT) - FIRST;
    if (bucket < 0) this.#none++;
    else (this.#counts[Math.min(bucket, BUCKETS - 1)] as number) += 1;
  }

  stalls(): Stalls {
    return { p50: this.#quantile(0.5), p99: this.#quantile(0.99), max: this.#max };
  }

  /** The upper end of the bucket in which so large a share of all waits lies at or below. */
  #quantile(share: number): number {
    const total = this.#counts.reduce((sum, count) => sum + count, this.#none);
    let left = Math.ceil(share * total) - this.#none;
    if (left <= 0) return 0;
    for (const [bucket, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.min(this.#max, lowerEnd(bucket + 1));
    }
    return this.#max;
  }
}

function lowerEnd(bucket: number): number {
  const steps = 2 ** PRECISION_BITS;
  return 2 ** (Math.floor(bucket / steps) + LEAST_EXPONENT) * (1 + (bucket % steps) / steps);
}
