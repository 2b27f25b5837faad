import type { Observer } from "../observation/observer.js";

/** Somebody who is told, and which of the scenario's faults he knows. */
export interface Listener {
  readonly observer: Observer;
  /** Place of a fault as this observer numbers them; -1 for one that it does not know. */
  readonly faultOf: (fault: number) => number;
}

/** One observer that tells them all. */
export function tellingAll(listeners: readonly Listener[]): Observer {
  const observers = listeners.map(({ observer }) => observer);
  return {
    held(holding, atMs) {
      for (const observer of observers) observer.held(holding, atMs);
    },
    extended(holding, limit, atMs) {
      for (const observer of observers) observer.extended(holding, limit, atMs);
    },
    ended(holding, limit, atMs) {
      for (const observer of observers) observer.ended(holding, limit, atMs);
    },
    issued(holding, requestedMs, completedMs, errorMs, high, low, count) {
      for (const observer of observers) observer.issued(holding, requestedMs, completedMs, errorMs, high, low, count);
    },
    refused(shard, requestedMs, completedMs, count, code) {
      for (const observer of observers) observer.refused(shard, requestedMs, completedMs, count, code);
    },
    unanswered(shard, requestedMs, endMs, count) {
      for (const observer of observers) observer.unanswered(shard, requestedMs, endMs, count);
    },
    faultSeen(fault, shard, atMs) {
      for (const { observer, faultOf } of listeners) {
        const known = faultOf(fault);
        if (known >= 0) observer.faultSeen(known, shard, atMs);
      }
    },
    branch(name) {
      for (const observer of observers) observer.branch(name);
    },
  };
}
