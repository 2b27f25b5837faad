import { defineLayout } from "@shardflake/core";
import { mixed, unitOf } from "../chance/hash.js";
import type { Scenario } from "../scenario/scenario.js";
import { freezes } from "./freezes.js";
import { hostError } from "./host-error.js";
import { holdsAt, ofKind, type PlacedFault, type Span } from "./placed-fault.js";
import { type Segment, Segments, throughViews } from "./segments.js";
import { type Copy, shift } from "./shift.js";
import { sourceError } from "./source-error.js";
import { sum, type Trajectory } from "./trajectory.js";
import { graininess, strobes } from "./view.js";

/** Longest time that a host has been up when the scenario starts: monotonic time counts from its boot. */
const LONGEST_UPTIME_MS = 30 * 86_400_000;

/** Works out the two clocks of a shard under these faults; {@link shardTime} says how they compose. */
export function clocks(scenario: Scenario, shard: number, copy: Copy, faults: readonly PlacedFault[]): Segments {
  const { startMs, durationMs } = scenario;
  const { lifetimeEndMs } = defineLayout(scenario.layout);
  const salt = mixed(scenario.seed, shard);
  const source = sourceError(faults);
  const honest = sum(sum(hostError(faults, salt, durationMs), source.slewed), source.stepped);
  const error = sum(honest, shift(faults, copy, honest, { startMs, lifetimeEndMs }));

  const swings = strobes(faults);
  const frozen = freezes(faults, (trueMs) =>
    throughViews(activeAt(swings, trueMs), startMs + trueMs + error.at(trueMs), trueMs),
  );
  const grains = graininess(faults, salt);
  const stops = ofKind(faults, "suspend", "migration").filter(
    ({ fault }) => fault.kind === "suspend" || fault.monotonic === "stops",
  );

  const segments: Segment[] = [];
  let monotonicMs = unitOf(salt) * LONGEST_UPTIME_MS;
  const starts = breaks(error, [...swings, ...frozen, ...grains, ...stops]);
  for (const [index, fromMs] of starts.entries()) {
    const rate = 1 + error.slopeAt(fromMs);
    const freeze = frozen.findLast((span) => holdsAt(span, fromMs));
    const monotonicRate = stops.some((span) => holdsAt(span, fromMs)) ? 0 : Math.max(0, rate);
    segments.push({
      startMs: fromMs,
      wallMs: freeze?.heldMs ?? startMs + fromMs + error.at(fromMs),
      wallRate: freeze === undefined ? rate : 0,
      monotonicMs,
      monotonicRate,
      views: [...(freeze === undefined ? activeAt(swings, fromMs) : []), ...activeAt(grains, fromMs)],
    });
    monotonicMs += ((starts[index + 1] ?? fromMs) - fromMs) * monotonicRate;
  }
  return new Segments(segments);
}

/** Where a segment must begin, ascending. */
function breaks(error: Trajectory, spans: readonly Span[]): Float64Array {
  const all = Float64Array.from([...error.startsMs, ...spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs])]).sort();
  return all.filter((startMs, index) => startMs !== all[index - 1]);
}

function activeAt<Some extends Span>(spans: readonly Some[], trueMs: number): readonly Some[] {
  return spans.filter((span) => holdsAt(span, trueMs));
}
