import type { InvariantResult, Verdict } from "./outcome.js";

/** What a run comes to: one broken invariant breaks it, and one undecided one leaves it undecided. */
export function verdictOf(invariants: readonly InvariantResult[]): Verdict {
  if (invariants.some(({ verdict }) => verdict === "fail")) return "fail";
  return invariants.some(({ verdict }) => verdict === "unknown") ? "unknown" : "pass";
}
