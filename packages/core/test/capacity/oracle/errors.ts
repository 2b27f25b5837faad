import { backlogOf } from "../../../src/capacity/backlog.js";
import { exhaustionOf } from "../../../src/capacity/exhaustion.js";
import { backlogByRoots, lnBacklogBySum } from "./backlog.js";
import { numberOf } from "./fixed-point.js";
import { lnValueOf, poissonTail } from "./poisson.js";
import { LN_SMALLEST } from "./range.js";

/** Relative distance of the probability from the reference; of its logarithm where the probability is below 1e-300. */
export function exhaustionError(meanPerTick: number, idsPerTick: number): number {
  const direct = poissonTail(idsPerTick + 1, meanPerTick);
  const lnDirect = lnValueOf(direct);
  const { probability, lnProbability } = exhaustionOf(meanPerTick, idsPerTick);
  return Math.abs(lnDirect >= LN_SMALLEST ? probability / numberOf(direct) - 1 : lnProbability / lnDirect - 1);
}

/** The same of the mean backlog. */
export function backlogError(meanPerTick: number, idsPerTick: number): number {
  const backlog = backlogOf(meanPerTick, idsPerTick);
  if (backlog.kind === "unstable") return Number.POSITIVE_INFINITY;
  const lnDirect = lnDirectBacklog(meanPerTick, idsPerTick);
  const value = Math.exp(lnDirect);
  return Math.abs(lnDirect >= LN_SMALLEST ? backlog.meanIds / value - 1 : backlog.lnMeanIds / lnDirect - 1);
}

/** The sum where it has few terms, the roots where there are few of those: one of the two always is. */
function lnDirectBacklog(meanPerTick: number, idsPerTick: number): number {
  const share = meanPerTick / idsPerTick;
  const termsOfSum = 25 / (idsPerTick * (share - 1 - Math.log(share)));
  const sum = termsOfSum < 150 ? lnBacklogBySum(meanPerTick, idsPerTick, 1000) : undefined;
  return sum ?? Math.log(backlogByRoots(meanPerTick, idsPerTick));
}
