/** How far IDs of different machine IDs may be out of order. */
export interface Disorder {
  /** An ID that was asked for more than this after another one was completed is larger. */
  readonly boundMs: number;
  /** IDs issued meanwhile on average: what is within so many places of where it sorts. */
  readonly ids: number;
}

/** 2 × skew + 1 tick: both clocks may be off by the skew, in opposite directions, and a tick has no order of its own. */
export function disorderOf(skewMs: number, tickMs: number, idsPerSecond: number): Disorder {
  const boundMs = 2 * skewMs + tickMs;
  return { boundMs, ids: (idsPerSecond * boundMs) / 1000 };
}
