/** Options every Shardflake error takes: machine-readable facts beside the message, and the error that caused it. */
export interface ErrorDetails {
  readonly cause?: unknown;
  /** Milliseconds after which the same call may succeed, where that is known. */
  readonly retryAfterMs?: number;
}

/**
 * Every error Shardflake throws on purpose. `code` is a literal to match on; the message says what was expected,
 * what was got and what to do.
 */
export class ShardflakeError extends Error {
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** The clock cannot be trusted at this moment; the same call may succeed later. */
export class ClockError extends ShardflakeError {}

/** A layout that cannot exist, or whose timestamp section is over. */
export class LayoutError extends ShardflakeError {}

/** Text or bytes that are not an ID. */
export class ParseError extends ShardflakeError {}

/** Writes any value for an error message: short, quoted where it is text, never throwing. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return value.length > 60 ? `"${value.slice(0, 60)}…"` : JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || typeof value !== "object") return String(value);
  return Array.isArray(value) ? `an array of ${value.length}` : `an object (${value.constructor?.name ?? "no class"})`;
}
