import type { KeeperMachine } from "./keeper-machine.js";

/**
 * A second keeper machine in the very same state, as a clone of its process would have: for worlds in which processes
 * are copied, and for searches that go on from one state in several ways. Neither sees what becomes of the other.
 */
export function copyMachine(machine: KeeperMachine): KeeperMachine {
  return copyGraph(machine, new Map());
}

/** Frozen objects and functions are shared; whatever else is reachable is copied once, whoever refers to it. */
function copyGraph<T>(source: T, copies: Map<object, object>): T {
  if (typeof source !== "object" || source === null || Object.isFrozen(source)) return source;
  const before = copies.get(source);
  if (before !== undefined) return before as T;
  return copyObject(source, copies) as T;
}

function copyObject(source: object, copies: Map<object, object>): object {
  if (source instanceof Map) {
    const copy = new Map<unknown, unknown>();
    copies.set(source, copy);
    for (const [key, value] of source) copy.set(copyGraph(key, copies), copyGraph(value, copies));
    return copy;
  }
  if (source instanceof Set) {
    const copy = new Set<unknown>();
    copies.set(source, copy);
    for (const value of source) copy.add(copyGraph(value, copies));
    return copy;
  }
  const copy: Record<string, unknown> = Array.isArray(source) ? [] : Object.create(Object.getPrototypeOf(source));
  copies.set(source, copy);
  for (const [name, value] of Object.entries(source)) copy[name] = copyGraph(value, copies);
  return copy;
}
