import { setTimeout as delay } from "node:timers/promises";
import { defineLayout, tickStartMs } from "@shardflake/core";
import { embeddedStore, type Keeper, type Register, startLocalKeeper } from "@shardflake/pool";
import { type GenerateRun, startGenerate } from "./command.js";
import { IdLines } from "./id-lines.js";

/** In what the command was interrupted. */
export type KillKind = "acquiring" | "batch" | "renewal" | "release";

/** One start and one kill −9. */
export interface KillRound {
  readonly kind: KillKind;
  /** Complete lines that the run had written. */
  readonly lines: number;
  /** How long after the start the first output came, in milliseconds; NaN without output. */
  readonly firstOutputMs: number;
  /**
   * By how much the first ID's own time came after the time at which it could have come at the earliest (the end of the
   * predecessor's window, or the start of the process and what the command takes to start); NaN without output.
   */
  readonly lateMs: number;
  /** What was left of the predecessor's window at the start, in milliseconds. */
  readonly windowLeftMs: number;
}

export interface KillReport {
  readonly rounds: readonly KillRound[];
  readonly ids: IdLines;
  /** From the start of the command to its first output, in an empty state directory. */
  readonly startUpMs: number;
  /** How the last run ended, which nobody killed. */
  readonly end: number | NodeJS.Signals;
}

const LAYOUT = defineLayout();
/** Far more than any run gets to. */
const ENDLESS = "1e15";
const LEAST_LINES = 1000;

/** Kills in the order of the rounds; every kind comes after every other. */
const KINDS: readonly KillKind[] = ["acquiring", "batch", "renewal", "release", "renewal", "acquiring", "release"];

/**
 * Kills the command again and again, each time starting it at once on the same state directory and the same single
 * machine ID, and lets a last run come to its end.
 */
export async function killRounds(options: {
  readonly directory: string;
  readonly otherDirectory: string;
  readonly windowMs: number;
  readonly rounds: number;
}): Promise<KillReport> {
  const { directory, windowMs } = options;
  const startUpMs = await measureStartUp(options.otherDirectory, windowMs);
  const ids = new IdLines();
  const rounds: KillRound[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const kind = KINDS[round % KINDS.length]!;
    ids.startRun();
    const run = startGenerate({ directory, windowMs, count: ENDLESS }, (chunk) => ids.feed(chunk));
    let floor = Number.NaN;
    try {
      if (kind === "acquiring") {
        // Moments before the first output, a different one each time.
        await delay((startUpMs * ((round * 5) % 16)) / 20);
      } else {
        await run.until(() => ids.lines >= LEAST_LINES);
        floor = await interruptAt(kind, { run, directory, windowMs, round });
      }
    } finally {
      run.process.kill("SIGKILL");
      await run.ended;
    }
    // A run in which the kill came late for its kind still counts for the IDs.
    rounds.push(outcomeOf(kind === "acquiring" && ids.lines > 0 ? "batch" : kind, { run, ids, floor, startUpMs }));
  }
  ids.startRun();
  const last = startGenerate({ directory, windowMs, count: "100000" }, (chunk) => ids.feed(chunk));
  return { rounds, ids, startUpMs, end: await last.ended };
}

/** Waits for the moment of the kill. Returns the floor of the run's window: the limit of its predecessor. */
async function interruptAt(
  kind: Exclude<KillKind, "acquiring">,
  { run, directory, windowMs, round }: { run: GenerateRun; directory: string; windowMs: number; round: number },
): Promise<number> {
  const keeper = await startLocalKeeper({ store: embeddedStore(directory), layout: LAYOUT, windowMs });
  try {
    const { floor, limit, generation } = await registerOf(keeper);
    switch (kind) {
      case "batch":
        await delay(round * 3);
        return floor;
      case "renewal":
        while ((await registerOf(keeper)).limit === limit) await delay(1);
        // At once after a renewal, or at the time of the next.
        if (round % 2 === 1) await delay(windowMs / 3 - (round % 5));
        return floor;
      case "release":
        run.process.kill("SIGTERM");
        // At once, or as soon as the store has been told.
        while (round % 2 === 0 && (await registerOf(keeper)).generation === generation) await delay(1);
        return floor;
    }
  } finally {
    await keeper.close();
  }
}

async function registerOf(keeper: Keeper): Promise<Register> {
  const [stored] = await keeper.inspect();
  return stored!.register;
}

function outcomeOf(
  kind: KillKind,
  { run, ids, floor, startUpMs }: { run: GenerateRun; ids: IdLines; floor: number; startUpMs: number },
): KillRound {
  const floorMs = tickStartMs(LAYOUT, floor);
  return {
    kind,
    lines: ids.lines,
    firstOutputMs: run.firstOutputMs - run.startedMs,
    lateMs: tickStartMs(LAYOUT, ids.firstTick) - Math.max(floorMs, run.startedMs + startUpMs),
    windowLeftMs: Math.max(0, floorMs - run.startedMs),
  };
}

async function measureStartUp(directory: string, windowMs: number): Promise<number> {
  const run = startGenerate({ directory, windowMs, count: "1" }, () => {});
  await run.ended;
  return run.firstOutputMs - run.startedMs;
}

/** The report for people. */
export function tableOf({ rounds, ids, startUpMs }: KillReport): string {
  const rows = rounds.map(({ kind, lines, firstOutputMs, windowLeftMs, lateMs }, i) =>
    [
      String(i + 1).padStart(3),
      kind.padEnd(9),
      `${lines} lines`.padStart(15),
      Number.isNaN(firstOutputMs)
        ? ""
        : `first ID after ${firstOutputMs} ms (${windowLeftMs} ms of a window left), ${Math.round(lateMs)} ms late`,
    ].join("  "),
  );
  const counts = ["acquiring", "batch", "renewal", "release"].map(
    (kind) => `${rounds.filter((round) => round.kind === kind).length} × ${kind}`,
  );
  return [
    ...rows,
    `${rounds.length} kills: ${counts.join(", ")}; start-up ${startUpMs} ms; ${ids.total} IDs, ${ids.faults.length} faults`,
    "",
  ].join("\n");
}
