import type { IdHalves } from "@shardflake/core";
import { bigEndianEncoder, littleEndianEncoder, nativeEncoder } from "./binary.js";
import { decimalLineEncoder } from "./decimal-lines.js";
import type { Format } from "./format.js";
import { lineEncoder } from "./lines.js";
import { BASE32, BASE62 } from "./radix.js";

/** Writes consecutive IDs as records. */
export interface Encoder {
  /** No record is longer, in bytes. */
  readonly maxRecordBytes: number;
  /**
   * Writes the IDs `first + sequence` … `first + sequence + count - 1` at byte `at`, where `count * maxRecordBytes`
   * bytes must be free, and returns the byte after the last record.
   */
  write(out: Uint8Array, at: number, first: IdHalves, sequence: number, count: number): number;
}

/** What writes runs of IDs in a format. */
export function encoderFor(format: Format): Encoder {
  switch (format) {
    case "ids":
      return nativeEncoder();
    case "u64le":
      return littleEndianEncoder();
    case "u64be":
      return bigEndianEncoder();
    case "text":
    case "csv":
      return decimalLineEncoder("", "\n");
    case "ndjson":
      return decimalLineEncoder('{"id":"', '"}\n');
    case "base32":
      return lineEncoder(BASE32, "", "\n");
    case "base62":
      return lineEncoder(BASE62, "", "\n");
  }
}
