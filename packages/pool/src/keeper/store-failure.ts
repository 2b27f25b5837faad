import { ShardflakeError } from "@shardflake/core";

/** Whether the same call may succeed a little later, so that it is worth repeating. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof ShardflakeError) || error.code === "STORE_UNAVAILABLE";
}

/** Whatever a store threw, as an error with a code. */
export function storeFailure(error: unknown): ShardflakeError {
  if (error instanceof ShardflakeError) return error;
  const got = error instanceof Error ? error.message : String(error);
  return new ShardflakeError("STORE_UNAVAILABLE", `Expected the store to answer, got: ${got}`, { cause: error });
}

/** The error for an answer that did not come in time. */
export function answerLost(answerMs: number): ShardflakeError {
  return new ShardflakeError(
    "STORE_UNAVAILABLE",
    `Expected an answer of the store within ${Math.round(answerMs)} ms, got none. Check that it runs and can be reached.`,
  );
}

/** The error for a store with which no write comes to an end. */
export function endlessConflicts(conflicts: number): ShardflakeError {
  return new ShardflakeError(
    "STORE_UNAVAILABLE",
    `Expected a write to be done, got ${conflicts} conflicts in a row, although the registers were read again each time.`,
  );
}
