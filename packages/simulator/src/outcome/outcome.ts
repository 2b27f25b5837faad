import type { Scenario } from "../scenario/scenario.js";

/** "unknown": a scheduled fault was never seen, or the run ended early. */
export type Verdict = "pass" | "fail" | "unknown";

/**
 * The invariants of one run, in the order in which they are reported. That a scenario replays takes two runs: their trace
 * hashes say it.
 */
export type InvariantName =
  | "unique"
  | "monotonic"
  | "ordered"
  | "k-sorted"
  | "fidelity"
  | "available"
  | "capacity"
  | "layout"
  | "windows"
  | "horizon"
  | "not-vacuous";

/** What became of one invariant: what was measured and what it was held to, with their units, for people. */
export interface InvariantResult {
  readonly name: InvariantName;
  readonly verdict: Verdict;
  readonly figure: string;
  readonly bound: string;
}

/** One thing that must not happen, and did. */
export interface Violation {
  readonly invariant: InvariantName;
  readonly shard: number;
  /** True time since the start of the scenario. */
  readonly atMs: number;
  /** The IDs it is about, usually two, in decimal. */
  readonly ids: readonly string[];
  /** Sections, shards, true times and active faults, in one sentence. */
  readonly detail: string;
}

/** Times that requests waited, in milliseconds of true time. */
export interface Stalls {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What a run of a scenario came to. */
export interface Outcome {
  readonly verdict: Verdict;
  /** The same for every run of the same scenario in the virtual world; `null` in the pool world. */
  readonly traceHash: string | null;
  readonly scenario: Scenario;
  /** IDs that were issued. */
  readonly issued: number;
  /** IDs that were asked for and refused. */
  readonly refused: number;
  readonly stallMs: Stalls;
  /**
   * Largest distance in places of two IDs of which the earlier is the larger, over the stream in order of completion
   * (the radius of Altman & Igarashi 1989, "Roughly sorting: sequential and parallel approach").
   */
  readonly kRadius: number;
  readonly largestInversionMs: number;
  readonly invariants: readonly InvariantResult[];
  /** The first few of each invariant. */
  readonly violations: readonly Violation[];
  /** How often each fault (as `fault:KIND`) and each branch was really hit. */
  readonly coverage: Readonly<Record<string, number>>;
}
