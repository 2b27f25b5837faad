import { describeValue, ShardflakeError } from "@shardflake/core";
import type { AcquireRequest } from "./lease.js";

/** @throws ShardflakeError `OPTION_INVALID` */
export function checkRequest({ count, among, waitMs }: AcquireRequest, machines: number): void {
  checkCount(count, among === null ? machines : among.length);
  if (typeof waitMs === "number" && waitMs >= 0) return;
  throw new ShardflakeError("OPTION_INVALID", `Expected \`waitMs\` to be at least 0, got ${describeValue(waitMs)}.`);
}

/** @throws ShardflakeError `OPTION_INVALID` unless it is a number of machine IDs that may be taken */
export function checkCount(count: unknown, most: number): void {
  if (typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= most) return;
  throw new ShardflakeError(
    "OPTION_INVALID",
    `Expected \`count\` to be an integer from 0 to ${most}, the machine IDs that may be taken, got ${describeValue(count)}.`,
  );
}
