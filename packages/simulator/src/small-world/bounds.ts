/** How far a search goes. Within these bounds every interleaving is played. */
export interface Bounds {
  /** Processes that compete for the register. */
  readonly processes: number;
  /** Ticks that a clock may read, each at every reading. A window is one tick long. */
  readonly readings: readonly number[];
  /** How often, by all processes together: a process asks for the register, */
  readonly acquires: number;
  /** gives it back, */
  readonly releases: number;
  /** is woken when something is due (a renewal, another look at a claimed register, another attempt), */
  readonly wakes: number;
  /** takes an answer for lost, which may come all the same, */
  readonly lostAnswers: number;
  /** crashes, and starts again knowing nothing. */
  readonly crashes: number;
  /** asks for the horizon, */
  readonly horizons: number;
  /** or is copied as it runs, threads and all, as when its virtual machine is cloned. */
  readonly copies: 0 | 1;
  /** How far floors stay behind a keeper's clock, in milliseconds; `Infinity`: they do not rise. */
  readonly marginMs: number;
}

/** What may still happen. */
export type Allowance = Pick<
  Bounds,
  "acquires" | "releases" | "wakes" | "lostAnswers" | "crashes" | "horizons" | "copies"
>;

/** What a process does by itself, and no more often than it is allowed to. */
export type Allowed = Exclude<keyof Allowance, "copies">;

/** Everything of that kind. */
export const ALLOWED: readonly Allowed[] = ["acquires", "releases", "wakes", "lostAnswers", "crashes", "horizons"];

/** The same allowance with one less of one thing; `null` where there is none left. */
export function spend(left: Allowance, thing: keyof Allowance): Allowance | null {
  return left[thing] === 0 ? null : { ...left, [thing]: left[thing] - 1 };
}
