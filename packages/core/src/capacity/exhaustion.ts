import { deviance } from "./poisson-density.js";
import { lnPoissonTail } from "./poisson-tail.js";

/** How likely it is that a tick has more requests than IDs. */
export interface Exhaustion {
  /** 0 where it is below the smallest number; the logarithm is not. */
  readonly probability: number;
  /** Natural logarithm of the probability. */
  readonly lnProbability: number;
  /** Chernoff's bound of the probability, never below it: 1 at or above the ceiling. */
  readonly chernoffBound: number;
}

/**
 * The probability that more than `idsPerTick` requests arrive within one tick, `meanPerTick` being the mean of a Poisson
 * distribution: P(N > 2^sequenceBits). Chernoff's bound is e^−D(k, λ) with k = idsPerTick + 1.
 *
 * H. Chernoff, "A Measure of Asymptotic Efficiency for Tests of a Hypothesis Based on the Sum of Observations", 1952.
 */
export function exhaustionOf(meanPerTick: number, idsPerTick: number): Exhaustion {
  const k = idsPerTick + 1;
  const lnProbability = lnPoissonTail(k, meanPerTick);
  return {
    probability: Math.exp(lnProbability),
    lnProbability,
    chernoffBound: meanPerTick < k ? Math.exp(-deviance(k, meanPerTick)) : 1,
  };
}
