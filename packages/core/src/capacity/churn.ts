/**
 * How many holders an hour may crash, each replaced at once, before machine IDs run out. A crashed holder's machine ID
 * comes back when its claim has lapsed, two windows later, so the spare ones turn over once in that time. Holders that
 * stop properly give theirs back at once and do not count.
 */
export function crashesPerHour(spareMachines: number, windowMs: number): number {
  return (spareMachines * 3_600_000) / (2 * windowMs);
}
