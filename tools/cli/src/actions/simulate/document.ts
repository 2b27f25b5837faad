import type { Outcome } from "@shardflake/simulator";

/** The document that `--json` prints. Numbers that JSON has no word for are text, such as "Infinity". */
export function documentOf(outcome: Outcome, replay: string): string {
  const { verdict, traceHash, scenario, issued, refused, stallMs, kRadius, largestInversionMs } = outcome;
  const invariants = outcome.invariants.map(({ name, verdict, figure, bound }) => ({ name, verdict, figure, bound }));
  const violations = outcome.violations.map(({ invariant, shard, atMs, ids, detail }) => ({
    invariant,
    shard,
    atMs,
    ids,
    detail,
  }));
  const document = {
    verdict,
    traceHash,
    scenario,
    issued,
    refused,
    stallMs: { p50: stallMs.p50, p99: stallMs.p99, max: stallMs.max },
    kRadius,
    largestInversionMs,
    invariants,
    violations,
    coverage: outcome.coverage,
    replay,
  };
  return `${JSON.stringify(document, (_, value) => (isNoJsonNumber(value) ? String(value) : value))}\n`;
}

function isNoJsonNumber(value: unknown): boolean {
  return typeof value === "number" && !Number.isFinite(value);
}
