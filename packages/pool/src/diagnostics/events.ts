import { type Channel, channel } from "node:diagnostics_channel";
import type { MachineId } from "../register/register.js";

/** Names of the channels of `node:diagnostics_channel` on which a pool tells the thread that owns it what happened. */
export const DIAGNOSTICS_CHANNELS = {
  /** {@link ClockStepped} */
  clockStep: "shardflake:clock-step",
  /** {@link LeaseLost} */
  leaseLost: "shardflake:lease-lost",
  /** {@link WindowWaited} */
  windowWait: "shardflake:window-wait",
  /** {@link ShardReplaced} */
  shardReplaced: "shardflake:shard-replaced",
} as const;

/** A clock went back, and was absorbed or refused. Seen when IDs are next asked for, told within a second after. */
export interface ClockStepped {
  readonly namespace: string;
  /** Whose clock: a shard's, or that of the thread that owns the pool. */
  readonly place: { readonly kind: "shard"; readonly shard: number } | { readonly kind: "caller" };
  /** Steps since the event before. */
  readonly steps: number;
}

/** A machine ID was taken over, or released by force: it issues nothing more here. Told at once. */
export interface LeaseLost extends MachineId {
  readonly namespace: string;
  readonly generation: number;
}

/** IDs were wanted beyond the end of a window that had not been extended yet: look at the store. Told within a second. */
export interface WindowWaited extends MachineId {
  readonly namespace: string;
  readonly generation: number;
  /** Ends of windows at which somebody waited, since the event before. */
  readonly waits: number;
}

/** A thread that had ended, or lost a machine ID, has a successor with other machine IDs. Told when that one is there. */
export interface ShardReplaced {
  readonly namespace: string;
  readonly shard: number;
  readonly before: readonly MachineId[];
  readonly after: readonly MachineId[];
}

export const clockStepped: Channel = channel(DIAGNOSTICS_CHANNELS.clockStep);
export const leaseLost: Channel = channel(DIAGNOSTICS_CHANNELS.leaseLost);
export const windowWaited: Channel = channel(DIAGNOSTICS_CHANNELS.windowWait);
export const shardReplaced: Channel = channel(DIAGNOSTICS_CHANNELS.shardReplaced);
