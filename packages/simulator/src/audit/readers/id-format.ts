/** How a stream writes its IDs. */
export type IdFormat = "text" | "ndjson" | "csv" | "base32" | "base62" | "u64le" | "u64be";

/** All of them, for messages and choices. */
export const ID_FORMATS: readonly IdFormat[] = ["text", "ndjson", "csv", "base32", "base62", "u64le", "u64be"];
