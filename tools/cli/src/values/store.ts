import type { Layout } from "@shardflake/core";
import { parseStore, type StoreSpec } from "@shardflake/pool";
import type { CommonOptions } from "../common-options.js";
import { valueError } from "../input-error.js";
import { parseDurationMs } from "./duration.js";
import { parseLayout } from "./layout.js";

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

const LEAST_WINDOW_MS = 10;
const MOST_WINDOW_MS = 24 * 3_600_000;

function parseWindowMs(text: string): number {
  const ms = parseDurationMs(text, "--window");
  if (ms >= LEAST_WINDOW_MS && ms <= MOST_WINDOW_MS) return ms;
  throw valueError("--window", "a duration from 10ms to 24h", text);
}
