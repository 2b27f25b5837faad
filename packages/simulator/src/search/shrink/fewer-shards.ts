import type { Outcome } from "../../outcome/outcome.js";
import type { Fault } from "../../scenario/fault.js";
import type { Scenario } from "../../scenario/scenario.js";
import { targetsOf } from "../../scenario/targets.js";

/** More shards than this are not tried one by one. */
const MOST_SINGLE = 16;

/** The same scenario in which every fault lists its shards, so that they stay the same when faults and shards go. */
export function withListedTargets(scenario: Scenario): Scenario {
  return { ...scenario, faults: scenario.faults.map((fault, place) => ({ ...fault, on: targetsOf(scenario, place) })) };
}

/**
 * The scenario with some of its shards, numbered anew: the one of the first violation, those that a fault befalls, single
 * ones, halves, all but one.
 */
export function* fewerShards(scenario: Scenario, { violations }: Outcome): Generator<Scenario> {
  const shards = Array.from({ length: scenario.shards }, (_, shard) => shard);
  const hit = new Set(scenario.faults.flatMap((_, place) => targetsOf(scenario, place)));
  const some = shards.slice(0, MOST_SINGLE);
  const half = Math.ceil(shards.length / 2);
  const kept: number[][] = [
    shards.filter((shard) => shard === violations[0]?.shard),
    shards.filter((shard) => hit.has(shard)),
    ...some.map((shard) => [shard]),
    shards.slice(0, half),
    shards.slice(half),
    ...some.map((gone) => shards.filter((shard) => shard !== gone)),
  ];
  for (const shards of kept) if (shards.length > 0) yield withShards(scenario, shards);
}

/** The scenario in which a fault befalls fewer shards. */
export function* fewerTargets(scenario: Scenario): Generator<Scenario> {
  for (const [place, fault] of scenario.faults.entries()) {
    const targets = targetsOf(scenario, place);
    if (targets.length < 2) continue;
    const half = Math.ceil(targets.length / 2);
    const some = targets.slice(0, MOST_SINGLE);
    const kept = [...some.map((shard) => [shard]), targets.slice(0, half), targets.slice(half)];
    for (const on of kept) yield { ...scenario, faults: scenario.faults.with(place, { ...fault, on }) };
  }
}

function withShards(scenario: Scenario, kept: readonly number[]): Scenario {
  const faults = scenario.faults.flatMap((fault): Fault[] => {
    if (typeof fault.on === "string") return [fault];
    const on = fault.on.map((shard) => kept.indexOf(shard)).filter((shard) => shard >= 0);
    return on.length === 0 ? [] : [{ ...fault, on }];
  });
  return { ...scenario, shards: kept.length, faults };
}
