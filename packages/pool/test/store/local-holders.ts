import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmbeddedStore } from "../../src/store/embedded.js";
import { embeddedStore } from "../../src/store/embedded-spec.js";
import { createMemoryStore, memoryStore } from "../../src/store/memory.js";
import { holdersOn } from "./holders.js";

let places = 0;

/** Successive holders on the stores that need no server. */
export function holdersOnLocalStores(runs: number): void {
  holdersOn("memory", runs, async () => {
    const spec = memoryStore(`holders-${places++}`);
    return { client: async (clock) => createMemoryStore(spec.options, clock), remove: async () => {} };
  });

  holdersOn("embedded", runs, async () => {
    const directory = mkdtempSync(join(tmpdir(), "shardflake-holders-"));
    return {
      client: async (clock) => createEmbeddedStore(embeddedStore(directory).options, clock),
      remove: async () => rmSync(directory, { recursive: true }),
    };
  });
}
