import { ShardflakeError } from "@shardflake/core";
import { embeddedStore } from "./embedded.js";
import { memoryStore } from "./memory.js";
import { type StoreEnvironment, stateDirectory } from "./state-place.js";
import type { StoreSpec } from "./store.js";

/**
 * Reads `memory`, `embedded` or `embedded:DIR`.
 *
 * @throws ShardflakeError `STORE_UNSUPPORTED` for `etcd:` and `postgres:`, `STORE_INVALID` for anything else. Addresses
 * are not repeated in messages: they may contain passwords.
 */
export function parseStore(text: string, environment: StoreEnvironment = process.env): StoreSpec {
  if (text === "memory") return memoryStore();
  if (text === "embedded") return embeddedStore(stateDirectory(environment));
  if (text.startsWith("embedded:") && text.length > "embedded:".length) {
    return embeddedStore(text.slice("embedded:".length));
  }
  const scheme = /^(etcd|postgres|postgresql):/.exec(text)?.[1];
  if (scheme !== undefined) {
    throw new ShardflakeError(
      "STORE_UNSUPPORTED",
      `Expected a store that this version has (memory, embedded, embedded:DIR), got ${scheme}.`,
    );
  }
  throw new ShardflakeError(
    "STORE_INVALID",
    `Expected \`--store\` to be memory, embedded or embedded:DIR, got ${text.length} characters that are none of them.`,
  );
}
