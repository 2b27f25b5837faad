/** A mean with its confidence interval of 99.9 %. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Batches of an estimate; the quantile below belongs to their number. */
export const BATCHES = 20;
/** Student's t with 19 degrees of freedom at 99.95 %. */
const QUANTILE = 3.883;
/** −ln 0.0005: of n trials without an event, the probability is at most this over n. */
const NO_EVENT = 7.601;

/**
 * The mean of {@link BATCHES} batches. Neighbouring ticks depend on one another, long batches hardly do (A. Law, W. Kelton,
 * "Simulation Modeling and Analysis", batch means). Where nothing happened at all, the bound is that of the rule of three
 * (J. Hanley, A. Lippman-Hand, 1983), for 99.95 %.
 *
 * @param values one mean a batch
 * @param trials what the batches are means of, all together
 */
export function estimateOf(values: readonly number[], trials: number): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.every((value) => value === 0)) return { mean: 0, low: 0, high: NO_EVENT / trials };
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const reach = QUANTILE * Math.sqrt(square / values.length);
  return { mean, low: Math.max(0, mean - reach), high: mean + reach };
}

/** Whether a predicted value is as near to an estimate as chance allows. */
export function agrees(predicted: number, { mean, low, high }: Estimate): boolean {
  // Equal values, such as those of a ceiling that is always reached, have no spread but their own rounding.
  const rounding = 1e-9 * Math.abs(mean);
  return predicted >= low - rounding && predicted <= high + rounding;
}
