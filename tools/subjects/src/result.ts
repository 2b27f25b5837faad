import type { InvariantName, Outcome, Verdict } from "@shardflake/simulator";

/** What one scenario came to for one subject. */
export interface Result {
  readonly verdict: Verdict;
  readonly issued: number;
  readonly duplicates: number;
  /** Not larger than an earlier ID of the same machine ID. */
  readonly outOfOrder: number;
  /** Not larger than a much earlier ID of another machine ID. */
  readonly outOfOrderAcross: number;
  readonly throws: number;
  readonly hangs: number;
  readonly broken: readonly InvariantName[];
}

/** What the table says of an outcome. */
export function resultOf({ verdict, issued, refused, invariants }: Outcome, hangs: number): Result {
  const count = (name: InvariantName): number =>
    // Figures of these begin with how many IDs broke the invariant.
    Number.parseInt(invariants.find((invariant) => invariant.name === name)?.figure ?? "0", 10);
  return {
    verdict,
    issued,
    duplicates: count("unique"),
    outOfOrder: count("monotonic"),
    outOfOrderAcross: count("ordered"),
    throws: refused,
    hangs,
    broken: invariants.filter((invariant) => invariant.verdict === "fail").map(({ name }) => name),
  };
}

/** Sums of several results; the verdict is the worst. */
export function total(results: readonly Result[]): Result {
  const sum = (of: (result: Result) => number): number => results.reduce((all, result) => all + of(result), 0);
  const worst = (["fail", "unknown"] as const).find((verdict) => results.some((result) => result.verdict === verdict));
  return {
    verdict: worst ?? "pass",
    issued: sum(({ issued }) => issued),
    duplicates: sum(({ duplicates }) => duplicates),
    outOfOrder: sum(({ outOfOrder }) => outOfOrder),
    outOfOrderAcross: sum(({ outOfOrderAcross }) => outOfOrderAcross),
    throws: sum(({ throws }) => throws),
    hangs: sum(({ hangs }) => hangs),
    broken: [...new Set(results.flatMap(({ broken }) => broken))],
  };
}
