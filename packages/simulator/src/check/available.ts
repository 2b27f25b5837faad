import type { InvariantResult, Stalls } from "../outcome/outcome.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Holdings } from "./holdings/holdings.js";
import type { Seat } from "./holdings/tenure.js";
import { msText, percentText } from "./report/figures.js";
import type { Narrator } from "./report/narrator.js";
import type { Violations } from "./report/violations.js";
import { StallHistogram } from "./stall-histogram.js";

/**
 * Nobody waits longer for an answer than the bound; every refusal is a typed error; the share of IDs that were served
 * reaches the target; and what is requested later than the recovery time after the end of the last fault is served.
 */
export class Available {
  refused = 0;
  readonly #scenario: Scenario;
  readonly #stallMs: number;
  readonly #recoveredMs: number;
  readonly #holdings: Holdings;
  readonly #violations: Violations;
  readonly #narrator: Narrator;
  readonly #waits = new StallHistogram();

  constructor(scenario: Scenario, holdings: Holdings, violations: Violations, narrator: Narrator) {
    const ends = scenario.faults.map(({ atMs, forMs }) => atMs + forMs);
    this.#scenario = scenario;
    this.#stallMs = scenario.bounds.stallMs;
    this.#recoveredMs = Math.max(0, ...ends) + scenario.bounds.recoveryMs;
    this.#holdings = holdings;
    this.#violations = violations;
    this.#narrator = narrator;
  }

  get stalls(): Stalls {
    return this.#waits.stalls();
  }

  answer(holding: number, requestedMs: number, completedMs: number): void {
    const waitedMs = completedMs - requestedMs;
    this.#waits.add(waitedMs);
    if (waitedMs > this.#stallMs) {
      this.#reportStall((this.#holdings.seats[holding] as Seat).told.shard, requestedMs, completedMs);
    }
  }

  refuse(shard: number, requestedMs: number, completedMs: number, count: number, code: string | null): void {
    this.wait(shard, requestedMs, completedMs);
    this.refused += count;
    const what = `refused ${count} IDs requested at ${msText(requestedMs)}, at ${msText(completedMs)},`;
    if (code === null) {
      this.#report(count, shard, requestedMs, completedMs, `${what} without an error that has a code`);
    } else if (requestedMs > this.#recoveredMs) {
      const { recoveryMs } = this.#scenario.bounds;
      const late = `though the last fault had ended more than ${msText(recoveryMs)} before`;
      this.#report(count, shard, requestedMs, completedMs, `${what} with ${code}, ${late}`);
    }
  }

  /** Takes a wait that did not end with an ID. */
  wait(shard: number, requestedMs: number, untilMs: number): void {
    this.#waits.add(untilMs - requestedMs);
    if (untilMs - requestedMs > this.#stallMs) this.#reportStall(shard, requestedMs, untilMs);
  }

  result(issued: number): InvariantResult {
    const { stallMs, served, recoveryMs } = this.#scenario.bounds;
    const asked = issued + this.refused;
    const share = issued / asked;
    const result = this.#violations.result(
      "available",
      `${asked === 0 ? "nothing asked for" : `${percentText(share)} served`}, longest wait ${msText(this.stalls.max)}`,
      `≥ ${percentText(served)}, ≤ ${msText(stallMs)}, recovered in ${msText(recoveryMs)}`,
    );
    if (share < served) return { ...result, verdict: "fail" };
    return asked === 0 && result.verdict === "pass" ? { ...result, verdict: "unknown" } : result;
  }

  #reportStall(shard: number, requestedMs: number, untilMs: number): void {
    const what = `let a request wait from ${msText(requestedMs)} to ${msText(untilMs)}, longer than ${msText(this.#stallMs)}`;
    this.#report(1, shard, requestedMs, untilMs, what);
  }

  #report(times: number, shard: number, fromMs: number, atMs: number, what: string): void {
    this.#violations.add("available", times, () => this.#narrator.none(shard, fromMs, atMs, what));
  }
}
