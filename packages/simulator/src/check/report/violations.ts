import type { InvariantName, InvariantResult, Verdict, Violation } from "../../outcome/outcome.js";

/** How many violations of an invariant are kept; all are counted. */
const KEPT = 5;

/** Counts what must not happen, and keeps the first of each invariant. */
export class Violations {
  readonly #counts = new Map<InvariantName, number>();
  readonly #undecided = new Map<InvariantName, number>();
  readonly #kept: Violation[] = [];

  /** Counts something that happened `times` times; asks what it was only if it is kept. */
  add(invariant: InvariantName, times: number, describe: () => Omit<Violation, "invariant">): void {
    this.#counts.set(invariant, this.count(invariant) + times);
    if (this.#kept.filter((violation) => violation.invariant === invariant).length >= KEPT) return;
    this.#kept.push({ invariant, ...describe() });
  }

  /** Counts something that could not be judged, because what it had to be compared with is not known any more. */
  addUndecided(invariant: InvariantName, times: number): void {
    this.#undecided.set(invariant, (this.#undecided.get(invariant) ?? 0) + times);
  }

  count(invariant: InvariantName): number {
    return this.#counts.get(invariant) ?? 0;
  }

  /** What became of an invariant, with its figure. */
  result(name: InvariantName, figure: string, bound: string): InvariantResult {
    const undecided = this.#undecided.get(name) ?? 0;
    const verdict: Verdict = this.count(name) > 0 ? "fail" : undecided > 0 ? "unknown" : "pass";
    return { name, verdict, figure: undecided > 0 ? `${figure}, ${undecided} undecided` : figure, bound };
  }

  get kept(): readonly Violation[] {
    return this.#kept;
  }
}
