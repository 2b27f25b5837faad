import { KeeperMachine, type Register, type RegisterWrite, type StoredRegister } from "@shardflake/pool/protocol";
import type { Intent } from "./protocol.js";
import { LAYOUT, WINDOW_MS } from "./scale.js";

/** All that the store holds. */
export interface Records {
  readonly register: StoredRegister;
  /** The mark of the namespace. */
  readonly mark: StoredRegister;
}

/**
 * A call to the store on its way. The store carries it out at any time, or never, and so does the network with the answer.
 * Calls of a run that crashed have the number 0.
 */
export type Call =
  | { readonly kind: "read"; readonly callId: number; readonly answer: Records | null }
  | {
      readonly kind: "mark";
      readonly callId: number;
      /** The mark, and perhaps the register, given back for a dead holder. */
      readonly writes: readonly RegisterWrite[];
      readonly answer: "done" | "conflict" | null;
    }
  | {
      readonly kind: "write";
      readonly callId: number;
      readonly intent: Intent;
      readonly write: RegisterWrite;
      readonly answer: "done" | "conflict" | null;
    };

/** A thread that has begun to ask its slot for a tick: the steps it has done, and what it found. */
export interface Asking {
  readonly steps: number;
  readonly wanted: number;
  readonly allowed: number;
}

/** A lease in use: its slot, field by field, and the thread that issues from it. */
export interface Seat {
  readonly generation: number;
  readonly owner: "open" | "closed";
  readonly limit: number;
  readonly last: number;
  readonly floor: number;
  /** The floor it was opened with. */
  readonly start: number;
  /** Whether the keeper still renews it. */
  readonly kept: boolean;
  /** Highest tick its thread was allowed to issue, and has issued. */
  readonly admitted: number;
  readonly asking: Asking | null;
}

/** One process: its keeper, what it has sent, and its threads. */
export interface Process {
  readonly name: string;
  readonly machine: KeeperMachine;
  readonly monotonicMs: number;
  readonly wakeAtMs: number;
  /** The call whose answer the keeper waits for. */
  readonly flight: number | null;
  readonly calls: readonly Call[];
  readonly seats: readonly Seat[];
  /** The keeper is closing the seat of this generation, and has done so many steps; it does nothing else meanwhile. */
  readonly closing: { readonly generation: number; readonly steps: number } | null;
  /** Whether it has asked for the register and was not answered yet. */
  readonly wanting: boolean;
  /** It has asked for the horizon and was not answered yet; and what it read first. */
  readonly horizon: { readonly listed: StoredRegister | null } | null;
  /** Highest horizon that it was told. */
  readonly told: number;
  /** What the protocol under check remembers of earlier reads. */
  readonly memory: Register | null;
  /** Random names drawn so far. */
  readonly drawn: number;
}

/** A clone of a process. What the original has sent is answered to the original alone. */
export function copiedProcess(process: Process, name: string): Process {
  return { ...process, name, calls: [] };
}

/** A process that has just been started; `drawn` keeps the names apart from those of a run before, which was told a horizon. */
export function startedProcess(name: string, drawn: number, marginMs: number, told: number): Process {
  return {
    name,
    machine: new KeeperMachine({
      layout: LAYOUT,
      windowMs: WINDOW_MS,
      maxLeadMs: Number.MAX_SAFE_INTEGER / 2,
      marginMs,
    }),
    monotonicMs: 0,
    wakeAtMs: Number.POSITIVE_INFINITY,
    flight: null,
    calls: [],
    seats: [],
    closing: null,
    wanting: false,
    horizon: null,
    told,
    memory: null,
    drawn,
  };
}
