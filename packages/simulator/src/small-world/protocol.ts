import type { Register, RegisterWrite, StoredRegister } from "@shardflake/pool/protocol";

/** What a write to the register is for. */
export type Intent = "acquire" | "extend" | "release";

/** One atomic access of a holder's thread to its slot. After the last one it issues. */
export type HolderStep = "load limit" | "store last" | "load owner";

/** One atomic access of a keeper to a slot that it closes in order to give the lease back. */
export type TakerStep = "close owner" | "load last";

/** What a keeper knows when it sends a write, besides the write itself. */
export interface Circumstances {
  readonly intent: Intent;
  /** Tick that its clock read. */
  readonly tick: number;
  /** As {@link Protocol.remember} left it. */
  readonly memory: Register | null;
}

/**
 * The decisions on which uniqueness rests, in the hands of whoever checks them: a small world runs the real keeper
 * machine, and asks here what its writes become, whether the store carries them out, and in which order the threads
 * touch a slot.
 */
export interface Protocol {
  readonly holderSteps: readonly HolderStep[];
  readonly takerSteps: readonly TakerStep[];
  /** Whether the store carries out a write. */
  accepts(stored: StoredRegister, write: RegisterWrite, intent: Intent): boolean;
  /** What is sent where the keeper machine wants this write. */
  registerOf(write: RegisterWrite, circumstances: Circumstances): Register;
  /** What a keeper that asks for the register keeps of a read; it begins with `null`. */
  remember(memory: Register | null, read: Register): Register | null;
}

/** The protocol as it is. Its order of steps is that of `openShardWindow` and `closeSlot`. */
export const realProtocol: Protocol = {
  holderSteps: ["load limit", "store last", "load owner"],
  takerSteps: ["close owner", "load last"],
  accepts: (stored, write) => stored.version === write.expectedVersion,
  registerOf: (write) => write.register,
  remember: () => null,
};
