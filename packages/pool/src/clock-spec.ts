import { type Clock, describeValue, ShardflakeError, systemClock } from "@shardflake/core";

/** How a clock crosses threads: as the name of a module and its factory, never as a function. */
export interface ClockSpec {
  /** Module specifier or file URL that can be imported from any thread. */
  readonly module: string;
  /** Name of the exported {@link ClockFactory}. */
  readonly export: string;
  /** Structured-cloneable options for the factory. */
  readonly options: unknown;
}

/** Whose clock is wanted: a shard's, by its number in the pool; the keeper's; or that of the thread that owns the pool or opens a ticket. */
export type ClockPlace =
  | { readonly kind: "shard"; readonly shard: number }
  | { readonly kind: "keeper" }
  | { readonly kind: "caller" };

/** Makes a clock. Most are the same everywhere; a simulator gives each shard one of its own. */
export type ClockFactory = (options: unknown, place: ClockPlace) => Clock | Promise<Clock>;

/**
 * Makes the clock in this thread. `null` is the system clock. Not steady by itself.
 * @throws ShardflakeError `CLOCK_UNAVAILABLE` when the module has no such factory, or it makes no clock
 */
export async function openClock(spec: ClockSpec | null, place: ClockPlace): Promise<Clock> {
  if (spec === null) return systemClock;
  let made: unknown;
  try {
    const factory: unknown = ((await import(spec.module)) as Record<string, unknown>)[spec.export];
    made = typeof factory === "function" ? await (factory as ClockFactory)(spec.options, place) : factory;
  } catch (cause) {
    throw unavailable(spec, cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (isClock(made)) return made;
  throw unavailable(spec, describeValue(made), undefined);
}

function unavailable(spec: ClockSpec, got: string, cause: unknown): ShardflakeError {
  return new ShardflakeError(
    "CLOCK_UNAVAILABLE",
    `Expected ${describeValue(spec.export)} of ${describeValue(spec.module)} to make a clock ` +
      `{ now, monotonic, sleep }, got ${got}.`,
    { cause },
  );
}

function isClock(value: unknown): value is Clock {
  if (typeof value !== "object" || value === null) return false;
  const { now, monotonic, sleep } = value as Record<keyof Clock, unknown>;
  return typeof now === "function" && typeof monotonic === "function" && typeof sleep === "function";
}
