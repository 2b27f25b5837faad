import type { Fault } from "../scenario/fault.js";
import type { Scenario } from "../scenario/scenario.js";
import { targetsOf } from "../scenario/targets.js";

/** A stretch of true time, its end excluded, in ms since the start of the scenario. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A fault that befalls the shard in question, with its place in the scenario. */
export interface PlacedFault<Kind extends Fault["kind"] = Fault["kind"]> extends Span {
  readonly fault: Extract<Fault, { readonly kind: Kind }>;
  readonly place: number;
}

/** The faults of a shard, in the scenario's order. */
export function faultsOf(scenario: Scenario, shard: number): readonly PlacedFault[] {
  return scenario.faults
    .map((fault, place) => ({ fault, place, fromMs: fault.atMs, toMs: fault.atMs + fault.forMs }))
    .filter(({ place }) => targetsOf(scenario, place).includes(shard));
}

/** Those of these kinds. */
export function ofKind<Kind extends Fault["kind"]>(
  faults: readonly PlacedFault[],
  ...kinds: readonly Kind[]
): readonly PlacedFault<Kind>[] {
  const wanted = (placed: PlacedFault): boolean => (kinds as readonly string[]).includes(placed.fault.kind);
  return faults.filter(wanted) as unknown as readonly PlacedFault<Kind>[];
}

export function holdsAt({ fromMs, toMs }: Span, trueMs: number): boolean {
  return fromMs <= trueMs && trueMs < toMs;
}
