import { ParseError } from "@shardflake/core";
import { BinaryReader } from "./binary-reader.js";
import { parseDecimalLine } from "./decimal-line.js";
import { parseBase32Line, parseBase62Line } from "./digit-line.js";
import { ID_FORMATS, type IdFormat } from "./id-format.js";
import type { IdReader, IdSink } from "./id-reader.js";
import { type LineFormat, LineReader } from "./line-reader.js";
import { parseNdjsonLine } from "./ndjson-line.js";

const DECIMAL = "a decimal ID without leading zeros";

const LINE_FORMATS: Readonly<Record<Exclude<IdFormat, "u64le" | "u64be">, LineFormat>> = {
  text: { expected: DECIMAL, parse: parseDecimalLine, header: undefined },
  csv: { expected: DECIMAL, parse: parseDecimalLine, header: "id" },
  ndjson: { expected: 'a JSON object like {"id":"123"}', parse: parseNdjsonLine, header: undefined },
  base32: { expected: "13 characters of upper-case Crockford base32", parse: parseBase32Line, header: undefined },
  base62: { expected: "11 characters of base62", parse: parseBase62Line, header: undefined },
};

/**
 * Makes the reader of a format. IDs of up to 64 bits are read: a set sign bit is for the audit to report.
 *
 * @throws ParseError `FORMAT_UNKNOWN` for a format there is none of; while reading `PARSE_LINE` (with the number of the
 * line) and `PARSE_TRUNCATED` (with the byte)
 */
export function createReader(format: IdFormat, sink: IdSink): IdReader {
  if (format === "u64le") return new BinaryReader("LE", sink);
  if (format === "u64be") return new BinaryReader("BE", sink);
  if (!Object.hasOwn(LINE_FORMATS, format)) {
    throw new ParseError("FORMAT_UNKNOWN", `Expected one of the formats ${ID_FORMATS.join(", ")}, got ${format}.`);
  }
  return new LineReader(LINE_FORMATS[format], sink);
}
