/** Milliseconds for people: to the microsecond, which is finer than any clock that is simulated. */
export function msText(ms: number): string {
  return `${Math.round(ms * 1000) / 1000} ms`;
}

/** A share for people, in percent to two places. What is not the whole never reads as 100 %. */
export function percentText(share: number): string {
  return `${Math.floor(share * 10_000 + 1e-6) / 100} %`;
}
