import type { Layout } from "@shardflake/core";
import { parseStore, type StoreSpec } from "@shardflake/pool";
import type { CommonOptions } from "../common-options.js";
import { InputError } from "../input-error.js";
import { parseDurationMs } from "./duration.js";
import { parseLayout } from "./layout.js";
import { parseWindowMs } from "./window.js";

/** Where registers are and how they are leased, as the common options say. */
export interface StoreSettings {
  readonly layout: Layout;
  readonly store: StoreSpec;
  readonly storeText: string;
  readonly namespace: string;
  readonly windowMs: number;
  readonly waitMs: number;
}

/** @throws InputError, LayoutError, ShardflakeError `STORE_INVALID` */
export function parseStoreSettings(
  options: CommonOptions,
  environment: NodeJS.ProcessEnv = process.env,
): StoreSettings {
  const layout = parseLayout(options.layout, options.epoch);
  const storeText = options.store ?? (environment.SHARDFLAKE_STORE || "embedded");
  return {
    layout,
    storeText,
    store: parseStore(storeText, environment),
    namespace: options.namespace ?? layout.digest,
    windowMs: parseWindowMs(options.window ?? "6s"),
    waitMs: parseDurationMs(options.wait ?? "20s", "--wait"),
  };
}

/** @throws InputError `USAGE` when the memory store was taken without saying so */
export function checkMemoryIsMeant({ storeText }: StoreSettings, unsafeMemory: true | undefined): void {
  if (storeText !== "memory" || unsafeMemory === true) return;
  throw new InputError(
    "USAGE",
    "Expected --unsafe-memory beside --store memory, got --store memory alone: other processes do not see it, so IDs " +
      "may repeat across them.",
  );
}
