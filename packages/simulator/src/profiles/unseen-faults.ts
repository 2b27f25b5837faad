import { arrivals } from "../load/arrivals.js";
import type { Fault } from "../scenario/fault.js";
import { type Interruption, interruptionsOf } from "../scenario/interruptions.js";
import type { Scenario } from "../scenario/scenario.js";
import { faultsOf, holdsAt, type PlacedFault, type Span } from "../time/placed-fault.js";
import { type ShardTime, shardTime } from "../time/shard-time.js";

/** Time that a restarted process has for taking a machine ID, in windows: until a claim has lapsed, and one more. */
const RESTART_WINDOWS = 3;

/**
 * The places of the faults that nobody would see, as far as can be told without running the scenario: no request reads a
 * clock while the fault shows on it, or falls into the pause; the store is not asked; there is no process to restart.
 */
export function unseenFaults(scenario: Scenario): readonly number[] {
  const unseen = new Set(scenario.faults.keys());
  for (let shard = 0; shard < scenario.shards && unseen.size > 0; shard++) {
    const pending = faultsOf(scenario, shard).filter(({ place }) => unseen.has(place));
    if (pending.length > 0) for (const place of seenOn(scenario, shard, pending)) unseen.delete(place);
  }
  return [...unseen];
}

function seenOn(scenario: Scenario, shard: number, faults: readonly PlacedFault[]): readonly number[] {
  const time = shardTime(scenario, shard, "original");
  const absences = interruptionsOf(scenario, shard).filter(({ kind }) => kind !== "store" && kind !== "clone");
  const seen = faults.filter((placed) => isSeenAnyway(placed, absences, scenario));
  let pending = faults.filter((placed) => !seen.includes(placed) && isSeenByRequests(placed.fault));
  for (const atMs of requestTimes(scenario, shard)) {
    if (pending.length === 0) break;
    const now = pending.filter((placed) => placed.fromMs <= atMs && isSeenAt(placed, atMs, absences, time));
    if (now.length === 0) continue;
    seen.push(...now);
    pending = pending.filter((placed) => !now.includes(placed));
  }
  return seen.map(({ place }) => place);
}

function isSeenByRequests({ kind }: Fault): boolean {
  return kind !== "store" && kind !== "restart" && kind !== "clone";
}

function isSeenAnyway(
  { fault, place, fromMs, toMs }: PlacedFault,
  absences: readonly Interruption[],
  { windowMs, durationMs }: Scenario,
): boolean {
  const others = absences.filter((absence) => absence.fault !== place);
  const isThere = !others.some((absence) => absence.fromMs <= fromMs && fromMs <= absence.toMs);
  switch (fault.kind) {
    case "clone":
      return isThere;
    case "restart":
      return isThere && toMs + RESTART_WINDOWS * windowMs < durationMs;
    case "store":
      // A renewal starts every third of a window.
      return attendedMs({ fromMs, toMs }, others) > windowMs / 2;
    default:
      return false;
  }
}

/** How much of a span is left before the first absence in it, or after the last. */
function attendedMs(
  span: { readonly fromMs: number; readonly toMs: number },
  absences: readonly Interruption[],
): number {
  const within = absences.filter((absence) => absence.toMs > span.fromMs && absence.fromMs < span.toMs);
  const firstMs = Math.min(span.toMs, ...within.map(({ fromMs }) => fromMs));
  const lastMs = Math.max(span.fromMs, ...within.map(({ toMs }) => toMs));
  return Math.max(firstMs - span.fromMs, span.toMs - lastMs);
}

function isSeenAt(
  { fault, place, fromMs, toMs }: PlacedFault,
  atMs: number,
  absences: readonly Interruption[],
  time: ShardTime,
): boolean {
  const others = absences.filter((absence) => absence.fault !== place && holdsAt(absence, atMs));
  switch (fault.kind) {
    case "pause":
    case "migration":
    case "suspend":
    case "zombie":
      return holdsAt({ fromMs, toMs }, atMs) && others.length === 0 && !isKilledIn({ fromMs, toMs }, absences);
    default:
      return others.length === 0 && time.shows(place, atMs);
  }
}

/** Who is killed while it stands still never wakes up. */
function isKilledIn({ fromMs, toMs }: Span, absences: readonly Interruption[]): boolean {
  return absences.some((absence) => absence.kind === "restart" && fromMs <= absence.fromMs && absence.fromMs <= toMs);
}

function* requestTimes(scenario: Scenario, shard: number): Iterable<number> {
  if (scenario.load.kind === "saturating") {
    for (let atMs = 0; atMs < scenario.durationMs; atMs++) yield atMs;
    return;
  }
  for (const next = arrivals(scenario, shard); next.atMs < scenario.durationMs; next.advance()) yield next.atMs;
}
