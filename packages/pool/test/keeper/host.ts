import { defineLayout, type Layout, type Window } from "@shardflake/core";
import { KeeperMachine } from "../../src/keeper/keeper-machine.js";
import type { Grant } from "../../src/keeper/keeper-protocol.js";
import type { Lease, LeaseId } from "../../src/keeper/lease.js";
import { machineKey } from "../../src/register/machine-id.js";
import { openShardWindow } from "../../src/slot/slot-window.js";
import { ClaimObserver } from "../../src/store/claims.js";

/** Two machine IDs, a tick a millisecond. */
export const LAYOUT: Layout = defineLayout({ timestampBits: 41, datacenterBits: 0, machineBits: 1, epoch: 0 });
export const WINDOW_MS = 600;
const MAX_LEAD_MS = 86_400_000;

/** A lease in use. */
export interface Seat {
  readonly lease: Lease;
  readonly window: Window;
  last: number;
}

/** @throws LeaseLostError when its slot is closed */
export function openSeat(lease: Lease, last: number): Seat {
  return { lease, window: openShardWindow(lease), last };
}

/** One process: a keeper machine, its slots and its clocks. */
export class Host {
  readonly machine: KeeperMachine;
  readonly claims = new ClaimObserver();
  readonly leases: Seat[] = [];
  readonly granted: Grant[][] = [];
  readonly refused: { readonly requestId: number; readonly code: string }[] = [];
  readonly finished: number[] = [];
  readonly lost: string[] = [];
  readonly warned: string[] = [];
  wakeAtMs: number = Number.POSITIVE_INFINITY;
  stepMs = 0;
  paused = false;
  readonly name: string;

  constructor(
    name: string,
    machine: KeeperMachine = new KeeperMachine({
      layout: LAYOUT,
      windowMs: WINDOW_MS,
      maxLeadMs: MAX_LEAD_MS,
      marginMs: 10_000,
    }),
  ) {
    this.name = name;
    this.machine = machine;
  }

  /** Where it uses a lease, if it still does. */
  seatOf({ datacenterId, machineId, generation }: LeaseId): Seat | undefined {
    const key = machineKey({ datacenterId, machineId });
    return this.leases.find(({ lease }) => machineKey(lease) === key && lease.generation === generation);
  }
}
