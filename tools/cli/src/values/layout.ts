import { readFileSync } from "node:fs";
import { defineLayout, type Layout, type LayoutOptions, layoutNamed, presets } from "@shardflake/core";
import { InputError, valueError } from "../input-error.js";
import { parseTimeMs } from "./time.js";

/**
 * Reads the options `--layout` (the name of a preset, JSON, or a file of JSON) and `--epoch`, which replaces the epoch of
 * the layout. Without either it is the default layout.
 *
 * @throws LayoutError for sections that cannot be
 * @throws InputError `OPTION_INVALID` when the text is none of the three, `INPUT_UNREADABLE` when the file is not JSON
 */
export function parseLayout(layout: string | undefined, epoch: string | undefined): Layout {
  const base = layout === undefined ? defineLayout() : readLayout(layout, "--layout");
  if (epoch === undefined) return base;
  const { timestampBits, datacenterBits, machineBits, sequenceBits, tickMs } = base;
  return defineLayout({
    timestampBits,
    datacenterBits,
    machineBits,
    sequenceBits,
    tickMs,
    epoch: parseTimeMs(epoch, "--epoch"),
  });
}

/**
 * Reads the layout that the option `name` gives: the name of a preset, JSON, or a file of JSON.
 *
 * @throws LayoutError, InputError as {@link parseLayout}
 */
export function readLayout(text: string, name: string): Layout {
  if (text.trimStart().startsWith("{")) return fromJson(text, name);
  if (Object.hasOwn(presets, text)) return layoutNamed(text);
  return fromJson(readFile(text, name), `the file ${text} of ${name}`);
}

function readFile(path: string, name: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw valueError(name, `a preset (${Object.keys(presets).join(", ")}), JSON or a readable file`, path);
  }
}

function fromJson(json: string, where: string): Layout {
  let options: unknown;
  try {
    options = JSON.parse(json);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError("OPTION_INVALID", `Expected ${where} to be JSON, got text that is not: ${reason}.`);
  }
  return defineLayout(options as LayoutOptions);
}
