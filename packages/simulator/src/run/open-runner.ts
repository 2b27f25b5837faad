import { describeValue, ShardflakeError } from "@shardflake/core";
import type { Runner, RunnerSpec } from "./runner.js";

/**
 * Makes the runner in this thread.
 *
 * @throws ShardflakeError `RUNNER_UNAVAILABLE` when the module has no such factory, or it makes no function; whatever the
 * factory throws that has a code of its own
 */
export async function openRunner(spec: RunnerSpec): Promise<Runner> {
  let made: unknown;
  try {
    const factory: unknown = ((await import(spec.module)) as Record<string, unknown>)[spec.export];
    made = typeof factory === "function" ? await factory(spec.options) : factory;
  } catch (cause) {
    if (cause instanceof ShardflakeError) throw cause;
    throw unavailable(spec, cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (typeof made === "function") return made as Runner;
  throw unavailable(spec, describeValue(made), undefined);
}

function unavailable(spec: RunnerSpec, got: string, cause: unknown): ShardflakeError {
  return new ShardflakeError(
    "RUNNER_UNAVAILABLE",
    `Expected ${describeValue(spec.export)} of ${describeValue(spec.module)} to make a function that runs a scenario, ` +
      `got ${got}.`,
    { cause },
  );
}
