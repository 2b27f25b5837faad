/** How IDs are written. `ids` is the machine's own 64-bit integers, the others are the same on every machine. */
export type Format = "ids" | "text" | "ndjson" | "csv" | "base32" | "base62" | "u64le" | "u64be";

/** Every format, in the order in which people should read of them. */
export const FORMATS: readonly Format[] = ["text", "ndjson", "csv", "base32", "base62", "u64le", "u64be", "ids"];

/** What stands before the first record of a format, empty for most. */
export function headerOf(format: Format): string {
  return format === "csv" ? "id\n" : "";
}
