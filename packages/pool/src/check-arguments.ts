import { describeValue, ShardflakeError } from "@shardflake/core";

/** @throws ShardflakeError `OPTION_INVALID` unless it is an object without unknown options */
export function checkNames(options: unknown, names: readonly string[]): void {
  if (options === null || typeof options !== "object" || Array.isArray(options)) {
    throw invalid("options", `an object of ${names.join(", ")}`, options);
  }
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) throw invalid("options", `only ${names.join(", ")}`, name);
  }
}

/** @throws ShardflakeError `OPTION_INVALID` */
export function checkSignal(signal: unknown): void {
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw invalid("signal", "an AbortSignal", signal);
}

/** @throws ShardflakeError `OPTION_INVALID` */
export function checkReceive(receive: unknown): void {
  if (typeof receive !== "function") throw invalid("receive", "a function that takes records", receive);
}

/** @throws ShardflakeError `OPTION_INVALID` */
export function checkEncoder(encoder: unknown): void {
  const given = encoder as { readonly maxRecordBytes?: unknown; readonly write?: unknown } | null | undefined;
  if (typeof given?.maxRecordBytes === "number" && typeof given.write === "function") return;
  throw invalid("encoder", "what encoderFor() returned", encoder);
}

/** @throws ShardflakeError `OPTION_INVALID` */
export function checkChoice(name: string, value: unknown, choices: readonly string[]): void {
  if (!choices.includes(value as string)) throw invalid(name, `one of ${choices.join(", ")}`, value);
}

/** @throws ShardflakeError `COUNT_INVALID` unless it is a finite number of IDs */
export function checkFiniteCount(count: unknown): void {
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0) return;
  throw new ShardflakeError(
    "COUNT_INVALID",
    `Expected \`count\` to be an integer from 0 to 2^53 - 1, got ${describeValue(count)}.`,
  );
}

/** @throws ShardflakeError `COUNT_INVALID` unless it is a number of IDs, or Infinity */
export function checkCount(count: unknown): void {
  if (count !== Number.POSITIVE_INFINITY) checkFiniteCount(count);
}

/** @throws ShardflakeError `OPTION_INVALID` unless it is an integer of that range, which is returned */
export function integer(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw invalid(name, `an integer from ${least} to ${most}`, value);
}

export function invalid(name: string, expected: string, got: unknown): ShardflakeError {
  return new ShardflakeError("OPTION_INVALID", `Expected \`${name}\` to be ${expected}, got ${describeValue(got)}.`);
}
