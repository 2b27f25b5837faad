/**
 * The queue q' = max(q + A − c, 0) as a Markov chain, tick after tick until nothing moves any more. No generating function,
 * no transform: only its definition.
 */
export class Chain {
  private readonly mean: number;
  private readonly idsPerTick: number;
  private readonly arrivals: readonly number[];
  private readonly backlog: Float64Array;

  constructor(mean: number, idsPerTick: number) {
    this.mean = mean;
    this.idsPerTick = idsPerTick;
    this.arrivals = poisson(mean);
    const states = Math.ceil(30 / (1 - mean / idsPerTick) / 2) + 2 * idsPerTick;
    let [now, next] = [new Float64Array(states), new Float64Array(states)];
    now[0] = 1;
    for (let moved = 1; moved > 1e-14; ) {
      next.fill(0);
      for (let q = 0; q < states; q++) {
        if (now[q]! < 1e-20) continue;
        for (let a = 0; a < this.arrivals.length; a++) {
          next[Math.min(states - 1, Math.max(0, q + a - idsPerTick))]! += now[q]! * this.arrivals[a]!;
        }
      }
      moved = 0;
      for (let q = 0; q < states; q++) moved += Math.abs(next[q]! - now[q]!);
      [now, next] = [next, now];
    }
    this.backlog = now;
  }

  probabilityAbove(k: number): number {
    return this.backlog.subarray(k + 1).reduce((sum, share) => sum + share, 0);
  }

  /** Every request of a tick by its place in the queue, weighted by how often there is one. */
  private shareWaitingAtLeast(ticks: number): number {
    let waiting = 0;
    this.backlog.forEach((share, q) => {
      this.arrivals.forEach((arrival, a) => {
        const ahead = ticks * this.idsPerTick - q;
        waiting += share * arrival * Math.min(a, Math.max(0, a - ahead));
      });
    });
    return waiting / this.mean;
  }

  waitPercentile(share: number): number {
    let ticks = 0;
    while (this.shareWaitingAtLeast(ticks + 1) > share) ticks++;
    return ticks;
  }

  meanWait(): number {
    return this.backlog.reduce((sum, share, q) => sum + share * q, 0) / this.mean;
  }
}

/** Probabilities of 0, 1, 2 … arrivals. */
function poisson(mean: number): number[] {
  const probabilities = [Math.exp(-mean)];
  for (let k = 1; k < mean || probabilities.at(-1)! > 1e-18; k++)
    probabilities.push((probabilities.at(-1)! * mean) / k);
  return probabilities;
}
