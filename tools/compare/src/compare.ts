import { cpus } from "node:os";
import { tickOfReading } from "@shardflake/core";
import type { Comparison, DesignResult } from "./comparison.js";
import { type Database, type Databases, openDatabases } from "./database/databases.js";
import { DESIGNS } from "./designs/all-designs.js";
import type { Design, DesignName } from "./designs/design.js";
import { attempt } from "./measurement/attempt.js";
import { emptyCells } from "./measurement/cells.js";
import { MEASUREMENT_STEPS, measureDesign } from "./measurement/measure-design.js";
import { type CompareOptions, type CompareSettings, compareSettings } from "./options.js";
import { openStage, type Stage } from "./process/stage.js";
import { verdictsOf } from "./verdict/verdict.js";

/**
 * Runs the same work on every design, one after the other, in processes that it starts and ends. Every figure is measured
 * in this run; what could not be measured says why.
 *
 * @throws ShardflakeError `OPTION_INVALID`, `PROCESS_FAILED`, `PROCESS_ENDED`; the signal's reason
 * @throws LayoutError `EPOCH_IN_FUTURE`, `LIFETIME_OVER`
 */
export async function compare(options: CompareOptions = {}): Promise<Comparison> {
  const settings = compareSettings(options);
  settings.signal.throwIfAborted();
  tickOfReading(settings.layout, Date.now());
  const startMs = performance.now();
  const stage = openStage(settings.signal);
  let databases: Databases | undefined;
  const clear = async (): Promise<void> => {
    await stage.close();
    // Their processes are gone: nobody holds what is dropped.
    await databases?.close();
  };
  let comparison: Comparison;
  try {
    databases = await openDatabases(stage, settings.database);
    const tables = await databases.create();
    const [version] = await tables.query({ text: "select version()", parameters: [] });
    const chosen = DESIGNS.filter(({ name }) => settings.designs.includes(name));
    const designs: DesignResult[] = [];
    for (const [place, design] of chosen.entries()) {
      designs.push(await runDesign(design, { settings, stage, databases, tables, place }));
    }
    comparison = {
      settings: {
        secondsPerDesign: settings.seconds,
        servers: settings.servers,
        rows: settings.rows,
        database: settings.database.kind,
      },
      host: { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model ?? "unknown" },
      database: version?.[0] ?? "unknown",
      seconds: (performance.now() - startMs) / 1000,
      designs,
    };
  } catch (error) {
    // What ended the comparison matters more than what it leaves on a server that may be gone.
    await clear().catch(() => {});
    throw error;
  }
  await clear();
  return comparison;
}

/** How many steps of progress so many designs are. */
export function comparisonSteps(designs: readonly DesignName[]): number {
  return designs.length * MEASUREMENT_STEPS;
}

interface DesignRun {
  readonly settings: CompareSettings;
  readonly stage: Stage;
  readonly databases: Databases;
  readonly tables: Database;
  readonly place: number;
}

async function runDesign(design: Design, run: DesignRun): Promise<DesignResult> {
  const { settings, databases, tables, place } = run;
  const { seconds, servers, rows, layout, signal, onProgress } = settings;
  let steps = 0;
  const onStep = (step: string): void => {
    const done = place * MEASUREMENT_STEPS + Math.min(steps++, MEASUREMENT_STEPS);
    onProgress({ done, design: design.name, step });
  };
  onStep("start");
  // What a design started ends with it, so that the next one has the machine to itself.
  const scene = run.stage.scene();
  try {
    const cells = await attempt(async () => {
      const running = await design.start({ stage: scene, servers, layout, databases: databases.on(scene) });
      const trial = { running, budgetMs: seconds * 1000, rows, signal, tables, received: [] };
      return await measureDesign(design, trial, onStep);
    }, signal);
    const column = cells.kind === "measured" ? cells.value : emptyCells(cells.why);
    return { name: design.name, title: design.title, cells: column, verdicts: verdictsOf(column) };
  } finally {
    await scene.close();
  }
}
