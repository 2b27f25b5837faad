import { type Clock, describeValue, ShardflakeError } from "@shardflake/core";
import type { RegisterStore, StoreFactory, StoreSpec } from "./store.js";

/**
 * Imports a store's module and makes the store; it is not open yet.
 *
 * @throws ShardflakeError `STORE_INVALID` when the module has no such factory; whatever the factory throws
 */
export async function openStore(spec: StoreSpec, clock: Clock): Promise<RegisterStore> {
  const factory = await importExport(spec);
  return await (factory as StoreFactory)(spec.options, clock);
}

async function importExport(spec: StoreSpec): Promise<unknown> {
  let module: Record<string, unknown>;
  try {
    module = (await import(spec.module)) as Record<string, unknown>;
  } catch (cause) {
    throw new ShardflakeError("STORE_INVALID", `Expected a module at ${describeValue(spec?.module)}, got none.`, {
      cause,
    });
  }
  const factory = module[spec.export];
  if (typeof factory === "function") return factory;
  throw new ShardflakeError(
    "STORE_INVALID",
    `Expected ${spec.module} to export a function ${describeValue(spec.export)}, got ${describeValue(factory)}.`,
  );
}
