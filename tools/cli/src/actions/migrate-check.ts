import type { DecomposedId, IdBounds } from "@shardflake/core";
import { checkMigration, type MigrationPeriod, orderedSwitches } from "@shardflake/core/migration";
import type { MigrateCheckOptions } from "../commands/migrate-check.js";
import type { CommandContext } from "../context.js";
import { ExitCode } from "../exit.js";
import { InputError } from "../input-error.js";
import { openOutput } from "../output.js";
import { parseDurationMs } from "../values/duration.js";
import { readLayout } from "../values/layout.js";
import { parseTimeMs } from "../values/time.js";
import type { MigrationFindings } from "./migrate-check/findings.js";
import { migrationTable } from "./migrate-check/table.js";

const DEFAULT_SKEW = "10ms";

/** Compares the IDs of two layouts, prints what was found, and fails the check unless they are disjoint and ordered. */
export async function migrateCheck(options: MigrateCheckOptions, { setExitCode }: CommandContext): Promise<void> {
  const from = readLayout(options.from, "--from");
  const to = readLayout(options.to, "--to");
  if (options.skew !== undefined && options.at === undefined) {
    throw new InputError("USAGE", "Expected --skew together with --at (no clock matters without it), got it alone.");
  }
  const skewMs = parseDurationMs(options.skew ?? DEFAULT_SKEW, "--skew");
  const period: MigrationPeriod =
    options.at === undefined ? { kind: "lifetime" } : { kind: "switch", atMs: parseTimeMs(options.at, "--at"), skewMs };
  const migration = checkMigration(from, to, period);
  const findings = { from, to, period, migration, skewMs, switches: orderedSwitches(from, to, skewMs) };
  await openOutput().write(options.json ? `${JSON.stringify(documentOf(findings))}\n` : migrationTable(findings));
  if (migration.kind !== "ordered") setExitCode(ExitCode.violation);
}

function documentOf({ migration, skewMs, switches }: MigrationFindings): object {
  return {
    verdict: migration.kind,
    from: rangeJson(migration.from),
    to: rangeJson(migration.to),
    collision:
      migration.kind === "colliding"
        ? { id: `${migration.id}`, from: sectionsJson(migration.asFrom), to: sectionsJson(migration.asTo) }
        : null,
    orderedSwitches: switches === undefined ? null : { ...switches, skewMs },
  };
}

function rangeJson({ min, max }: IdBounds): object {
  return { min: `${min}`, max: `${max}` };
}

function sectionsJson({ timestampMs, datacenterId, machineId, sequence }: DecomposedId): object {
  return { timestampMs, datacenterId, machineId, sequence };
}
