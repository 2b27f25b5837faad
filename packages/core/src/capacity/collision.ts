/**
 * The probability that at least two of `count` IDs are equal when each is drawn at random from `choices`, all as likely:
 * 1 − Π (1 − i/choices), the birthday problem, as a sum of logarithms (R. von Mises, 1939).
 */
export function collisionProbability(count: number, choices: number): number {
  if (count > choices) return 1;
  let lnDistinct = 0;
  // Beyond e^−40 no further factor shows.
  for (let i = 1; i < count && lnDistinct > -40; i++) lnDistinct += Math.log1p(-i / choices);
  return 0 - Math.expm1(lnDistinct);
}

/** Random bits of a UUIDv4, and of a UUIDv7 beside its millisecond: RFC 9562, sections 5.4 and 5.7. */
const UUID_V4_BITS = 122;
const UUID_V7_BITS = 74;

/**
 * The probability that two of `count` UUIDv4 are equal: 1 − e^(−n(n−1)/2^123). The approximation of the birthday problem
 * is off by a share of n/2^122.
 */
export function uuidV4CollisionProbability(count: number): number {
  return 0 - Math.expm1((-count * Math.max(0, count - 1)) / 2 ** (UUID_V4_BITS + 1));
}

/**
 * The probability that two UUIDv7 are equal which were drawn in the same millisecond within a period, when their arrivals
 * are Poisson: λ²/2 pairs a millisecond on average, each equal with 2^−74.
 */
export function uuidV7CollisionProbability(idsPerSecond: number, periodMs: number): number {
  const perMs = idsPerSecond / 1000;
  return 0 - Math.expm1((-periodMs * perMs * perMs) / 2 ** (UUID_V7_BITS + 1));
}
