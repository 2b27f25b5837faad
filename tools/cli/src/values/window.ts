import { valueError } from "../input-error.js";
import { parseDurationMs } from "./duration.js";

const LEAST_WINDOW_MS = 10;
const MOST_WINDOW_MS = 24 * 3_600_000;

/** Reads the option `--window`. @throws InputError `OPTION_INVALID` */
export function parseWindowMs(text: string): number {
  const ms = parseDurationMs(text, "--window");
  if (ms >= LEAST_WINDOW_MS && ms <= MOST_WINDOW_MS) return ms;
  throw valueError("--window", "a duration from 10ms to 24h", text);
}
