import type { Layout } from "@shardflake/core";
import type { Migration, MigrationPeriod } from "@shardflake/core/migration";

/** What is asked, what was found, and which switches would be ordered. */
export interface MigrationFindings {
  readonly from: Layout;
  readonly to: Layout;
  readonly period: MigrationPeriod;
  readonly migration: Migration;
  /** With clocks this far from true time. */
  readonly skewMs: number;
  readonly switches: { readonly earliestMs: number; readonly latestMs: number } | undefined;
}
