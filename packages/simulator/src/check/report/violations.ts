import type { InvariantName, InvariantResult, Verdict, Violation } from "../../outcome/outcome.js";

/** How many violations of an invariant are kept; all are counted. */
const KEPT = 5;

/** What is known of one invariant. */
interface Tally {
  violations: number;
  undecided: number;
  readonly kept: Violation[];
}

/** Counts what must not happen, and keeps the first of each invariant. */
export class Violations {
  readonly #tallies = new Map<InvariantName, Tally>();

  /** Counts something that happened `times` times; asks what it was only if it is kept. */
  add(invariant: InvariantName, times: number, describe: () => Omit<Violation, "invariant">): void {
    const tally = this.#tally(invariant);
    tally.violations += times;
    if (tally.kept.length < KEPT) tally.kept.push({ invariant, ...describe() });
  }

  /** Counts something that could not be judged, because what it had to be compared with is not known any more. */
  addUndecided(invariant: InvariantName, times: number): void {
    this.#tally(invariant).undecided += times;
  }

  count(invariant: InvariantName): number {
    return this.#tally(invariant).violations;
  }

  /** What became of an invariant, with its figure. */
  result(name: InvariantName, figure: string, bound: string): InvariantResult {
    const { violations, undecided } = this.#tally(name);
    const verdict: Verdict = violations > 0 ? "fail" : undecided > 0 ? "unknown" : "pass";
    return { name, verdict, figure: undecided > 0 ? `${figure}, ${undecided} undecided` : figure, bound };
  }

  /** The first of each invariant, in order of time. */
  get kept(): readonly Violation[] {
    const kept = [...this.#tallies.values()].flatMap((tally) => tally.kept);
    return kept.toSorted((a, b) => a.atMs - b.atMs);
  }

  #tally(invariant: InvariantName): Tally {
    let tally = this.#tallies.get(invariant);
    if (tally === undefined) {
      tally = { violations: 0, undecided: 0, kept: [] };
      this.#tallies.set(invariant, tally);
    }
    return tally;
  }
}
