import type { Outcome } from "../outcome/outcome.js";
import type { Scenario } from "../scenario/scenario.js";
import { targetsOf } from "../scenario/targets.js";
import { type ClockOffsets, clockOffsets } from "./clock-offsets.js";
import type { Recording } from "./recording.js";

/** All that a report's page knows, as JSON: plain arrays, and numbers that JSON has no word for as text. */
export interface ReportData {
  readonly outcome: Outcome;
  /** The scenario as text to read and to copy. */
  readonly scenarioText: string;
  /** The shards that each fault befalls, in the order of the faults. */
  readonly targets: readonly (readonly number[])[];
  readonly offsets: ClockOffsets;
  readonly activity: Activity;
  readonly replay: string;
}

/** What was issued and how long requests waited, by equal parts of the duration. */
export interface Activity {
  readonly partMs: number;
  readonly issuedPerSecond: readonly number[];
  readonly refusedPerSecond: readonly number[];
  readonly worstStallMs: readonly number[];
  readonly worstErrorMs: readonly number[];
}

/** @param scenarioText the scenario, formatted */
export function reportData(outcome: Outcome, recording: Recording, scenarioText: string, replay: string): ReportData {
  return {
    outcome,
    scenarioText,
    targets: targetsOfAll(outcome.scenario),
    offsets: clockOffsets(outcome),
    activity: activityOf(recording),
    replay,
  };
}

/** Nobody reads a list of a thousand. */
const MOST_TARGETS = 1000;

function targetsOfAll(scenario: Scenario): readonly (readonly number[])[] {
  return scenario.faults.map((_, place) => targetsOf(scenario, place).slice(0, MOST_TARGETS));
}

function activityOf({ partMs, issued, refused, worstStallMs, worstErrorMs }: Recording): Activity {
  const perSecond = (counts: Float64Array): number[] => Array.from(counts, (count) => short((count * 1000) / partMs));
  return {
    partMs,
    issuedPerSecond: perSecond(issued),
    refusedPerSecond: perSecond(refused),
    worstStallMs: Array.from(worstStallMs, short),
    worstErrorMs: Array.from(worstErrorMs, short),
  };
}

/** More digits than a pixel needs, fewer than a double has. */
function short(value: number): number {
  return Number(value.toPrecision(6));
}
