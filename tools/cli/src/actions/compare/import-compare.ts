import { ShardflakeError } from "@shardflake/core";

/** The package that does the work. PGlite alone is 27 MB, so it is installed by those who compare. */
export type ComparePackage = typeof import("@shardflake/compare");

/** @throws ShardflakeError `COMPARE_MISSING` when the package is not installed */
export async function importCompare(): Promise<ComparePackage> {
  try {
    return await import("@shardflake/compare");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw cause;
    throw new ShardflakeError(
      "COMPARE_MISSING",
      "Expected the package @shardflake/compare beside this command, got none: it brings a PostgreSQL along. " +
        "Run npm install @shardflake/compare.",
      { cause },
    );
  }
}
