import type { Lease } from "../keeper/lease.js";
import { readSlot } from "../slot/slot.js";
import { type ClockStepped, clockStepped, type WindowWaited, windowWaited } from "./events.js";

/** How often the counters in shared memory are looked at, in milliseconds. */
const LOOK_MS = 1000;

/** What a pool shows to whoever watches it. */
export interface Watched {
  readonly namespace: string;
  /** The leases of each shard. */
  shards(): readonly (readonly Lease[])[];
  /** Every other lease of the pool. */
  others(): readonly Lease[];
  /** Steps seen so far by the clock of the thread that owns the pool. */
  stepsHere(): number;
}

/**
 * Turns counters that threads keep in shared memory into events of this thread, so that no thread sends a message for
 * them, and issuing costs the same whether somebody listens or not. Keeps no process alive.
 *
 * @returns how to stop it
 */
export function watch(pool: Watched): () => void {
  const seen = new WeakMap<SharedArrayBuffer, { steps: number; waits: number }>();
  let stepsHere = 0;
  const look = (): void => {
    pool.shards().forEach((leases, shard) => {
      // The lanes of a shard have one clock, and its thread publishes the same count for each.
      const steps = Math.max(0, ...leases.map(stepsOf));
      if (steps > 0) tellSteps({ kind: "shard", shard }, steps);
      for (const lease of leases) tellWaits(lease);
    });
    for (const lease of pool.others()) tellWaits(lease);
    const steps = pool.stepsHere() - stepsHere;
    stepsHere += steps;
    if (steps > 0) tellSteps({ kind: "caller" }, steps);
  };
  const tellSteps = (place: ClockStepped["place"], steps: number): void => {
    clockStepped.publish({ namespace: pool.namespace, place, steps } satisfies ClockStepped);
  };
  const tellWaits = ({ datacenterId, machineId, generation, slot }: Lease): void => {
    const { windowWaits } = readSlot(slot);
    const before = beforeOf(slot);
    const waits = windowWaits - before.waits;
    before.waits = windowWaits;
    const { namespace } = pool;
    if (waits > 0) {
      windowWaited.publish({ namespace, datacenterId, machineId, generation, waits } satisfies WindowWaited);
    }
  };
  const stepsOf = ({ slot }: Lease): number => {
    const { stepsSeen } = readSlot(slot);
    const before = beforeOf(slot);
    const steps = stepsSeen - before.steps;
    before.steps = stepsSeen;
    return steps;
  };
  const beforeOf = (slot: SharedArrayBuffer): { steps: number; waits: number } => {
    const before = seen.get(slot) ?? { steps: 0, waits: 0 };
    seen.set(slot, before);
    return before;
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    look();
  };
}
