import type { StoredRegister } from "../register/register.js";

/** More open writes on top of one record are forgotten, oldest first: should one be done after all, it costs the lease. */
const MOST_OPEN = 1000;

/** What a record in the store says about a lease. */
export type Finding = "older" | "known" | "own write" | "taken";

/**
 * A lease of this keeper: its register as last known, and the keeper's own writes on top of that whose answers are open.
 *
 * Only one process renews a lease. So a newer record that was not written here means that the lease is taken: by a
 * successor or, under the same holder and generation, by a copy of this process (a cloned virtual machine).
 */
export class Held {
  readonly holder: string;
  readonly generation: number;
  private known: StoredRegister;
  private readonly open = new Set<string>();

  constructor(stored: StoredRegister) {
    this.holder = stored.register.holder!;
    this.generation = stored.register.generation;
    this.known = stored;
  }

  get stored(): StoredRegister {
    return this.known;
  }

  /** A write on top of the known record was sent. */
  attempted(nonce: string): void {
    this.open.add(nonce);
    if (this.open.size > MOST_OPEN) this.open.delete(this.open.values().next().value!);
  }

  /** The store has said that nothing of it was written: whoever wrote what is there, it was not this process. */
  refused(nonce: string): void {
    this.open.delete(nonce);
  }

  judge(found: StoredRegister): Finding {
    if (found.version < this.known.version) return "older";
    if (found.version === this.known.version) return "known";
    // What this keeper wrote, it wrote on top of the record it knew.
    if (found.version > this.known.version + 1) return "taken";
    const { holder, generation, nonce } = found.register;
    const isOwn = holder === this.holder && generation === this.generation && this.open.has(nonce);
    return isOwn ? "own write" : "taken";
  }

  /** An own write is done: no other one on top of the same record ever will be. */
  advance(written: StoredRegister): void {
    this.known = written;
    this.open.clear();
  }
}
