import type { InvariantResult } from "../outcome/outcome.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Violations } from "./report/violations.js";
import type { Witness } from "./report/witness.js";

/**
 * Nobody waits longer for an answer than the bound; every refusal is a typed error; the share of IDs that were served
 * reaches the target; and what is requested later than the recovery time after the end of the last fault is served.
 */
export class Available {
  refused = 0;
  readonly #scenario: Scenario;
  readonly #recoveredMs: number;
  readonly #violations: Violations;
  readonly #witness: Witness;
  #longestMs = 0;

  constructor(scenario: Scenario, violations: Violations, witness: Witness) {
    this.#scenario = scenario;
    this.#recoveredMs =
      Math.max(0, ...scenario.faults.map(({ atMs, forMs }) => atMs + forMs)) + scenario.bounds.recoveryMs;
    this.#violations = violations;
    this.#witness = witness;
  }

  /** Takes how long an answer, a refusal, or nothing by the end of the run, was waited for. */
  waited(shard: number, requestedMs: number, untilMs: number): void {
    const { stallMs } = this.#scenario.bounds;
    const ms = untilMs - requestedMs;
    if (ms > this.#longestMs) this.#longestMs = ms;
    if (ms > stallMs) {
      this.#report(
        1,
        shard,
        requestedMs,
        untilMs,
        `let a request wait from ${requestedMs} ms to ${untilMs} ms, longer than ${stallMs} ms`,
      );
    }
  }

  refuse(shard: number, requestedMs: number, completedMs: number, count: number, code: string | null): void {
    this.refused += count;
    if (code === null) {
      this.#report(
        count,
        shard,
        requestedMs,
        completedMs,
        `refused ${count} IDs at ${completedMs} ms without an error that has a code`,
      );
    } else if (requestedMs > this.#recoveredMs) {
      const { recoveryMs } = this.#scenario.bounds;
      this.#report(
        count,
        shard,
        requestedMs,
        completedMs,
        `refused ${count} IDs with ${code} at ${completedMs} ms, more than ${recoveryMs} ms after the end of the last fault`,
      );
    }
  }

  result(issued: number): InvariantResult {
    const { stallMs, served, recoveryMs } = this.#scenario.bounds;
    const asked = issued + this.refused;
    const share = issued / asked;
    const result = this.#violations.result(
      "available",
      `${asked === 0 ? "nothing asked for" : `${Math.floor(share * 10_000) / 100} % served`}, longest wait ${this.#longestMs} ms`,
      `≥ ${served * 100} %, ≤ ${stallMs} ms, recovered in ${recoveryMs} ms`,
    );
    if (share < served) return { ...result, verdict: "fail" };
    return asked === 0 && result.verdict === "pass" ? { ...result, verdict: "unknown" } : result;
  }

  #report(times: number, shard: number, fromMs: number, atMs: number, what: string): void {
    this.#violations.add("available", times, () => this.#witness.none(shard, fromMs, atMs, what));
  }
}
