/**
 * The share of the ceiling that `sequenceStart: "random"` costs on average. The start is one of the lower ⌈2^s / 2⌉
 * sequences, all as likely, and what is below it is lost: a quarter, or nothing where the tick has one ID.
 */
export function randomStartLoss(idsPerTick: number): number {
  return (Math.ceil(idsPerTick / 2) - 1) / 2 / idsPerTick;
}
