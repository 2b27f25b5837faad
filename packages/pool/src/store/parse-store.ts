import { ShardflakeError } from "@shardflake/core";
import { embeddedStore } from "./embedded-spec.js";
import { etcdStore } from "./etcd/etcd.js";
import { memoryStore } from "./memory.js";
import { postgresStore } from "./postgres/postgres.js";
import { type StoreEnvironment, stateDirectory } from "./state-place.js";
import type { StoreSpec } from "./store.js";

const EMBEDDED = "embedded:";

/**
 * Reads `memory`, `embedded`, `embedded:DIR`, `etcd:URL[,URL…]` or `postgres://…`.
 *
 * @throws ShardflakeError `STORE_INVALID` for anything else. Addresses are not repeated in messages: they may contain
 * passwords.
 */
export function parseStore(text: string, environment: StoreEnvironment = process.env): StoreSpec {
  if (text === "memory") return memoryStore();
  if (text === "embedded") return embeddedStore(stateDirectory(environment));
  if (text.startsWith(EMBEDDED) && text.length > EMBEDDED.length) return embeddedStore(text.slice(EMBEDDED.length));
  if (/^postgres(ql)?:\/\//.test(text)) return postgresStore(text);
  if (text.startsWith("etcd:")) return etcdStore(text);
  throw new ShardflakeError(
    "STORE_INVALID",
    "Expected `--store` to be memory, embedded, embedded:DIR, etcd:URL[,URL…] or postgres://…, " +
      `got ${text.length} characters that are none of them.`,
  );
}
