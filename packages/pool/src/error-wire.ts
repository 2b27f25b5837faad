import { ClockError, LayoutError, ParseError, ShardflakeError } from "@shardflake/core";
import { LeaseLostError, LeaseUnavailableError } from "./errors.js";

/** An error on its way to another thread, where structured clone would drop its class and its code. */
export interface WireError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs: number | undefined;
}

const CLASSES = { ShardflakeError, ClockError, LayoutError, ParseError, LeaseLostError, LeaseUnavailableError };

/** Takes any error apart; one that is not Shardflake's gets the code `INTERNAL`. */
export function toWire(error: unknown): WireError {
  if (error instanceof ShardflakeError) {
    return { name: error.name, code: error.code, message: error.message, retryAfterMs: error.retryAfterMs };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { name: "ShardflakeError", code: "INTERNAL", message, retryAfterMs: undefined };
}

/** Puts the error together again, of its own class. */
export function fromWire({ name, code, message, retryAfterMs }: WireError): ShardflakeError {
  const ErrorClass = CLASSES[name as keyof typeof CLASSES] ?? ShardflakeError;
  return new ErrorClass(code, message, retryAfterMs === undefined ? {} : { retryAfterMs });
}
