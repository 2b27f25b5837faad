import { type Backlog, backlogOf } from "./backlog.js";
import { backlogTail, sumAbove } from "./backlog-distribution.js";
import { lnFarRoot } from "./contour.js";

/** How many ticks later than asked for a request gets its ID: 0 is the tick in which it arrived. */
export type Wait =
  | {
      readonly kind: "stable";
      readonly meanTicks: number;
      readonly p50Ticks: number;
      readonly p99Ticks: number;
      readonly p999Ticks: number;
    }
  /** The load is above 99.9 % of what the machine ID can issue. */
  | { readonly kind: "unstable" };

/** Natural logarithm of the precision of a distribution: shares of requests are compared with thousandths. */
const DIGITS = 20;
/** ln of a probability that may be taken for 0. */
const LN_NOTHING = -40;

/**
 * The wait of a request in the queue of {@link backlogOf}, first come, first served. The mean is the mean backlog over the
 * arrivals of a tick (Little's law). A request waits m ticks or more when (m−1)c or more of those that wait at the end of
 * its tick are before it, so P(W ≥ m) = E[min((q − (m−1)c)⁺, c)] / λ, a sum of P(q > k).
 *
 * Percentiles are whole ticks. In time a wait of m ticks is shorter than that by the part of the tick that had passed.
 *
 * J. Little, "A Proof for the Queuing Formula L = λW", 1961; J. Kingman, "A martingale inequality in the theory of queues",
 * 1964, for P(q ≥ k) ≤ r₀^−k, which says when nobody waits for two ticks.
 */
export function waitOf(meanPerTick: number, idsPerTick: number): Wait {
  return waitIn(backlogOf(meanPerTick, idsPerTick), meanPerTick, idsPerTick);
}

/** The same where the backlog is known already. */
export function waitIn(backlog: Backlog, meanPerTick: number, idsPerTick: number): Wait {
  if (backlog.kind === "unstable") return backlog;
  const meanTicks = meanPerTick === 0 ? 0 : backlog.meanIds / meanPerTick;
  // At most the mean wait for a tick or more, so here nobody in a thousand waits.
  if (meanTicks <= 0.001) return { kind: "stable", meanTicks, p50Ticks: 0, p99Ticks: 0, p999Ticks: 0 };
  const beyond = shareBeyond(meanTicks, meanPerTick, idsPerTick);
  let ticks = 0;
  const ticksFor = (share: number): number => {
    while (beyond(ticks) > share) ticks++;
    return ticks;
  };
  return { kind: "stable", meanTicks, p50Ticks: ticksFor(0.5), p99Ticks: ticksFor(0.01), p999Ticks: ticksFor(0.001) };
}

/** The share of requests that wait for more than so many ticks. The distribution is worked out only where it matters. */
export function shareBeyond(meanTicks: number, meanPerTick: number, idsPerTick: number): (ticks: number) => number {
  const oneTickAtMost = -idsPerTick * lnFarRoot(meanPerTick, idsPerTick) < LN_NOTHING;
  if (oneTickAtMost) return (ticks) => (ticks === 0 ? meanTicks : 0);
  const tail = backlogTail(meanPerTick, idsPerTick, DIGITS);
  return (ticks) => sumAbove(tail, ticks * idsPerTick, idsPerTick) / meanPerTick;
}

/** A bound of {@link shareBeyond} that takes no distribution: the mean, or Kingman's P(q > k) ≤ r₀^−(k+1) summed. */
export function boundBeyond(meanTicks: number, meanPerTick: number, idsPerTick: number, ticks: number): number {
  const lnRoot = lnFarRoot(meanPerTick, idsPerTick);
  const sum = (Math.exp(-ticks * idsPerTick * lnRoot) * Math.expm1(-idsPerTick * lnRoot)) / -Math.expm1(lnRoot);
  return Math.min(meanTicks, sum / meanPerTick);
}
