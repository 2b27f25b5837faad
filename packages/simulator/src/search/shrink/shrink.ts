import type { InvariantName, Outcome } from "../../outcome/outcome.js";
import type { Ran } from "../../run/run-messages.js";
import { parseScenario } from "../../scenario/parse-scenario.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { Run } from "../search.js";
import { fewerFaults } from "./fewer-faults.js";
import { fewerShards, fewerTargets, withListedTargets } from "./fewer-shards.js";
import { shorter } from "./shorter.js";
import { simplerValues } from "./simpler-values.js";
import { compareSizes, sizeOf } from "./size.js";

/** What {@link shrink} takes. */
export interface ShrinkOptions {
  readonly run: Run;
  /** Candidates that are tried at the same time; the result does not depend on it. */
  readonly width: number;
  readonly mostRuns: number;
  /** Its abort ends the shrinking, as planned: the smallest so far is the result. */
  readonly budget: AbortSignal;
  /** Its abort ends the shrinking and its call. */
  readonly signal: AbortSignal;
  /** Told after each round how many scenarios have been run. */
  readonly onProgress: (runs: number) => void;
}

/** The smallest scenario that was found. */
export interface Shrunk {
  readonly ran: Ran;
  readonly invariant: InvariantName;
  readonly runs: number;
  /** "minimal": nothing simpler of what can be tried breaks the invariant; "budget": there was no time to try it all. */
  readonly end: "minimal" | "budget";
}

type Pass = (scenario: Scenario, outcome: Outcome) => Iterable<Scenario>;

/** In the order of how much they take away. */
const PASSES: readonly Pass[] = [fewerFaults, fewerShards, fewerTargets, simplerValues];

/**
 * Makes a failed scenario smaller, step by step, as long as the same invariant breaks: fewer faults, an earlier end, fewer
 * shards, rounder and smaller numbers.
 *
 * @throws the signal's reason; what a run threw
 */
export async function shrink(failed: Ran, options: ShrinkOptions): Promise<Shrunk> {
  const invariant = brokenInvariant(failed.outcome);
  const trials = new Trials(invariant, options);
  let best = (await trials.firstFailing([withListedTargets(failed.outcome.scenario)])) ?? failed;
  const exhaust = async (pass: Pass, then: () => Promise<unknown>): Promise<boolean> => {
    for (let isSmaller = false; ; isSmaller = true) {
      const { scenario } = best.outcome;
      const smaller = await trials.firstFailing(smallerOnly(pass(scenario, best.outcome), scenario));
      if (smaller === undefined) return isSmaller;
      best = smaller;
      await then();
    }
  };
  // Every step may have the invariant break earlier, and what ends earlier makes all further runs shorter.
  const endEarlier = (): Promise<boolean> => exhaust(shorter, async () => {});
  await endEarlier();
  for (let isSmaller = true; isSmaller && !trials.isOver; ) {
    isSmaller = false;
    for (const pass of PASSES) if (await exhaust(pass, endEarlier)) isSmaller = true;
  }
  options.signal.throwIfAborted();
  return { ran: best, invariant, runs: trials.runs, end: trials.isOver ? "budget" : "minimal" };
}

/** The invariant that a failed run is about: the first that broke, in the order of their report. */
function brokenInvariant({ invariants }: Outcome): InvariantName {
  const broken = invariants.find(({ verdict }) => verdict === "fail");
  if (broken === undefined) throw new Error("Expected an outcome with a broken invariant, got one without.");
  return broken.name;
}

function* smallerOnly(candidates: Iterable<Scenario>, than: Scenario): Generator<Scenario> {
  const size = sizeOf(than);
  for (const candidate of candidates) {
    if (isValid(candidate) && compareSizes(sizeOf(candidate), size) < 0) yield candidate;
  }
}

function isValid(scenario: Scenario): boolean {
  try {
    parseScenario(scenario);
    return true;
  } catch {
    return false;
  }
}

/** Runs candidates, within the bounds, and none again that did not break the invariant. */
class Trials {
  runs = 0;
  private readonly invariant: InvariantName;
  private readonly options: ShrinkOptions;
  private readonly ending: AbortSignal;
  private readonly passed = new Set<string>();

  constructor(invariant: InvariantName, options: ShrinkOptions) {
    this.invariant = invariant;
    this.options = options;
    this.ending = AbortSignal.any([options.budget, options.signal]);
  }

  get isOver(): boolean {
    return this.ending.aborted || this.runs >= this.options.mostRuns;
  }

  /** The first of the candidates, in their order, that breaks the invariant. */
  async firstFailing(candidates: Iterable<Scenario>): Promise<Ran | undefined> {
    const untried = this.untried(candidates);
    for (;;) {
      const batch = take(untried, Math.min(this.options.width, this.options.mostRuns - this.runs));
      if (batch.length === 0 || this.isOver) return undefined;
      this.runs += batch.length;
      const results = await Promise.all(batch.map((scenario) => this.try(scenario)));
      this.options.onProgress(this.runs);
      const failing = results.find((result) => result !== undefined);
      if (failing !== undefined) return failing;
    }
  }

  private async try(scenario: Scenario): Promise<Ran | undefined> {
    try {
      const ran = await this.options.run({ kind: "given", scenario }, this.ending);
      if (ran.outcome.invariants.some(({ name, verdict }) => name === this.invariant && verdict === "fail")) return ran;
      this.passed.add(JSON.stringify(scenario));
      return undefined;
    } catch (error) {
      if (this.ending.aborted) return undefined;
      throw error;
    }
  }

  private *untried(candidates: Iterable<Scenario>): Generator<Scenario> {
    for (const candidate of candidates) {
      if (!this.passed.has(JSON.stringify(candidate))) yield candidate;
    }
  }
}

function take<Item>(items: Iterator<Item>, most: number): Item[] {
  const taken: Item[] = [];
  while (taken.length < most) {
    const { done, value } = items.next();
    if (done === true) break;
    taken.push(value);
  }
  return taken;
}
