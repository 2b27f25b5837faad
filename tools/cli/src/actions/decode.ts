import { parseBase32, parseBase62, parseDecimal } from "@shardflake/core";
import { createReader, type IdFormat } from "@shardflake/simulator/audit";
import type { DecodeOptions } from "../commands/decode.js";
import type { CommandContext } from "../context.js";
import { readStdin } from "../input.js";
import { InputError } from "../input-error.js";
import { openOutput } from "../output.js";
import { parseLayout } from "../values/layout.js";
import { type DecodedId, decodeId } from "./decode/decoded-id.js";
import { decodeTable } from "./decode/table.js";
import { parseFormat } from "./id-format-option.js";

const FORMATS: readonly IdFormat[] = ["text", "base32", "base62", "u64le", "u64be"];

/** Prints the sections of IDs that are arguments, or come from stdin. */
export async function decode(texts: string[], options: DecodeOptions, { signal }: CommandContext): Promise<void> {
  const layout = parseLayout(options.layout, options.epoch);
  const format = parseFormat(options.inputFormat ?? "text", "--input-format", FORMATS);
  const output = openOutput();
  if (texts.length > 0) {
    const decoded = texts.map((text) => decodeId(layout, parseArgument(text, format)));
    await output.write(options.json ? decoded.map(jsonLine).join("") : decodeTable(decoded));
    return;
  }
  if (process.stdin.isTTY) {
    throw new InputError("USAGE", "Expected IDs as arguments or on stdin, got neither. Try: shardflake decode 123");
  }
  const decoded: DecodedId[] = [];
  for await (const ids of readIds(format, signal)) {
    const block = ids.map((id) => decodeId(layout, id));
    if (options.json) await output.write(block.map(jsonLine).join(""));
    else decoded.push(...block);
  }
  if (!options.json) await output.write(decodeTable(decoded));
}

function parseArgument(text: string, format: IdFormat): bigint {
  if (format === "text") return parseDecimal(text);
  if (format === "base32") return parseBase32(text);
  if (format === "base62") return parseBase62(text);
  throw new InputError("USAGE", `Expected IDs of the format ${format} on stdin, got them as arguments.`);
}

/** The IDs of stdin, as they arrive. */
async function* readIds(format: IdFormat, signal: AbortSignal): AsyncGenerator<bigint[]> {
  let ids: bigint[] = [];
  const reader = createReader(format, (halves, count) => {
    for (let at = 0; at < 2 * count; at += 2) {
      ids.push((BigInt(halves[at + 1] as number) << 32n) | BigInt((halves[at] as number) >>> 0));
    }
  });
  for await (const chunk of readStdin(signal)) {
    reader.read(chunk);
    yield ids;
    ids = [];
  }
  reader.end();
  yield ids;
}

function jsonLine(decoded: DecodedId): string {
  return `${JSON.stringify(decoded)}\n`;
}
