import type { Register, RegisterWrite, StoredRegister } from "@shardflake/pool/protocol";

/** What a write to the register is for. */
export type Intent = "acquire" | "extend" | "release";

/** One atomic access of a holder's thread to its slot. After the last one it issues. */
export type HolderStep = "load limit" | "store last" | "load owner" | "load floor";

/** One atomic access of a keeper to a slot that it closes in order to give the lease back. */
export type TakerStep = "close owner" | "load last";

/** What a holder's thread does before it uses what is left of the last tick that it was allowed. */
export type RestStep = "load floor";

/** What a keeper knows when it sends a write, besides the write itself. */
export interface Circumstances {
  readonly intent: Intent;
  /** Tick that its clock read. */
  readonly tick: number;
  /** As {@link Protocol.remember} left it. */
  readonly memory: Register | null;
}

/**
 * The decisions on which uniqueness and the horizon rest, in the hands of whoever checks them: a small world runs the real keeper
 * machine, and asks here what its writes become, whether the store carries them out, and in which order the threads
 * touch a slot.
 */
export interface Protocol {
  readonly holderSteps: readonly HolderStep[];
  readonly restSteps: readonly RestStep[];
  readonly takerSteps: readonly TakerStep[];
  /** When a keeper raises the floor of a slot: before it sends the write that says so, or when that is answered. */
  readonly raisesFloor: "before the write" | "with its answer";
  /**
   * Whether others may come between the write that acquires and the read that follows it. Where nobody asks for the horizon
   * that read makes no difference: it is as if the answer to the write had come later.
   */
  readonly readsAgain: "in steps" | "at once";
  /** Whether whoever acquires sees the mark in the read that follows its write, too. */
  readonly seesMark: "before and after the write" | "before the write";
  /** Which of its reads whoever asks for the horizon takes the holders from. */
  readonly listsHolders: "after the mark" | "before the mark";
  /** Whether the store carries out a write. */
  accepts(stored: StoredRegister, write: RegisterWrite, intent: Intent): boolean;
  /** What is sent where the keeper machine wants this write. */
  registerOf(write: RegisterWrite, circumstances: Circumstances): Register;
  /** What a keeper that asks for the register keeps of a read; it begins with `null`. */
  remember(memory: Register | null, read: Register): Register | null;
}

/** The protocol as it is. Its order of steps is that of a generator on `openShardWindow`, and of `closeSlot`. */
export const realProtocol: Protocol = {
  holderSteps: ["load limit", "store last", "load owner", "load floor"],
  restSteps: ["load floor"],
  takerSteps: ["close owner", "load last"],
  raisesFloor: "before the write",
  readsAgain: "in steps",
  seesMark: "before and after the write",
  listsHolders: "after the mark",
  accepts: (stored, write) => stored.version === write.expectedVersion,
  registerOf: (write) => write.register,
  remember: () => null,
};
