import { extname, resolve } from "node:path";
import { stateDirectory } from "./state-place.js";
import type { StoreSpec } from "./store.js";

/** What the embedded store's factory takes. */
export interface EmbeddedOptions {
  readonly directory: string;
  /** A forward jump beyond it must hold before it is believed, milliseconds. */
  readonly maxLeadMs: number;
}

const DAY_MS = 24 * 3_600_000;
/** Named, not imported: the database is loaded where the store is opened, in the keeper's thread. It takes 9 MB. */
const STORE_FILE = new URL(`./embedded${extname(import.meta.url)}`, import.meta.url);

/**
 * A store in a directory of this host, safe across its processes, and across kill −9 and power loss.
 *
 * @param directory by default $SHARDFLAKE_STATE_DIR, else the platform's directory for state
 * @param maxLeadMs how far the wall clock may jump ahead of the monotonic clock before that must hold for 10 s
 */
export function embeddedStore(directory: string = stateDirectory(), maxLeadMs: number = DAY_MS): StoreSpec {
  const options: EmbeddedOptions = { directory: resolve(directory), maxLeadMs };
  return { module: STORE_FILE.href, export: "createEmbeddedStore", options };
}
