import { ofKind, type PlacedFault } from "./placed-fault.js";
import { constant, plateau, sum, type Trajectory } from "./trajectory.js";

/** The mean year of the Gregorian calendar. */
const YEAR_MS = 365.2425 * 86_400_000;

/** Which of the two: a cloned process reads a clock of its own. */
export type Copy = "original" | "clone";

/** What the scenario's time and layout say about a rollover. */
export interface Lifetime {
  readonly startMs: number;
  readonly lifetimeEndMs: number;
}

/** By how much whole intervals are displaced, in ms over true time: wrong years, rewound clones, and rollovers. */
export function shift(
  faults: readonly PlacedFault[],
  copy: Copy,
  honest: Trajectory,
  { startMs, lifetimeEndMs }: Lifetime,
): Trajectory {
  const years = ofKind(faults, "wrong-year").map(({ fault, fromMs, toMs }) =>
    plateau(fromMs, toMs, fault.byYears * YEAR_MS),
  );
  const clones = copy === "clone" ? ofKind(faults, "clone") : [];
  const rewinds = clones.map(({ fault, fromMs, toMs }) => plateau(fromMs, toMs, -fault.rewindMs));
  const known = [...years, ...rewinds].reduce(sum, constant(0));
  return ofKind(faults, "rollover").reduce((total, { fault, fromMs, toMs }) => {
    const readingMs = startMs + fromMs + honest.at(fromMs) + total.at(fromMs);
    return sum(total, plateau(fromMs, toMs, lifetimeEndMs - fault.beforeEndMs - readingMs));
  }, known);
}
