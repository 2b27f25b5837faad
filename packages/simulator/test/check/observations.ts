import { compose, type Layout } from "@shardflake/core";
import type { Holding, Observer } from "../../src/index.js";

/** IDs that were told in one call. */
export interface IssuedCall {
  readonly kind: "issued";
  readonly holding: number;
  readonly requestedMs: number;
  readonly completedMs: number;
  readonly errorMs: number;
  /** The first ID, unsigned. */
  readonly id: bigint;
  readonly count: number;
}

/** A call of an observer. */
export type Observation =
  | { readonly kind: "held"; readonly holding: Holding; readonly atMs: number }
  | { readonly kind: "extended"; readonly holding: number; readonly limit: number; readonly atMs: number }
  | { readonly kind: "ended"; readonly holding: number; readonly limit: number; readonly atMs: number }
  | { readonly kind: "horizon"; readonly tick: number; readonly atMs: number }
  | IssuedCall;

/** Tells an observer. */
export function tell(observer: Observer, observations: readonly Observation[]): void {
  for (const observation of observations) {
    switch (observation.kind) {
      case "held":
        observer.held(observation.holding, observation.atMs);
        break;
      case "extended":
        observer.extended(observation.holding, observation.limit, observation.atMs);
        break;
      case "ended":
        observer.ended(observation.holding, observation.limit, observation.atMs);
        break;
      case "horizon":
        observer.horizon(observation.tick, observation.atMs);
        break;
      case "issued": {
        const { holding, requestedMs, completedMs, errorMs, id, count } = observation;
        const high = Number(BigInt.asUintN(32, id >> 32n));
        const low = Number(BigInt.asUintN(32, id));
        observer.issued(holding, requestedMs, completedMs, errorMs, high, low, count);
      }
    }
  }
}

/** A holding of machine ID 0/0 in generation 1 with floor 0, unless said otherwise. */
export function holdingOf(changes: Partial<Holding> = {}): Holding {
  return {
    shard: 0,
    holder: `holder ${changes.generation ?? 1}`,
    datacenterId: 0,
    machineId: 0,
    generation: 1,
    floor: 0,
    copy: "original",
    ...changes,
  };
}

/** One ID by its sections. */
export function idOf(layout: Layout, tick: number, sequence = 0, machineId = 0): bigint {
  return compose(layout, { tick, datacenterId: 0, machineId, sequence });
}

/** One ID, requested and completed at one time, unless said otherwise. */
export function issuedOf(changes: Partial<IssuedCall> & Pick<IssuedCall, "id">): IssuedCall {
  const atMs = changes.completedMs ?? 0;
  return { kind: "issued", holding: 0, requestedMs: atMs, completedMs: atMs, errorMs: 0, count: 1, ...changes };
}
