import type { Address } from "../source/fail-over.js";

/** What clients of servers are told when they start, and whenever the servers change. */
export interface Addresses {
  readonly servers: readonly Address[];
}
