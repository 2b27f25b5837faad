import { existsSync } from "node:fs";
import { defineLayout } from "@shardflake/core";
import { afterEach, expect, it } from "vitest";
import { DESIGNS } from "../../dist/designs/all-designs.js";
import { measureChange } from "../../dist/measurement/change.js";
import { measureKill } from "../../dist/measurement/kill.js";
import type { Trial } from "../../dist/measurement/trial.js";
import { openStage, type Stage } from "../../dist/process/stage.js";

let stage: Stage | undefined;
afterEach(() => stage?.close());

/** A design that needs no database. */
async function startUuid(controller: AbortController): Promise<Trial> {
  stage = openStage(controller.signal);
  const design = DESIGNS.find(({ name }) => name === "uuid-v7")!;
  const running = await design.start({ stage, servers: 2, layout: defineLayout(), databases: undefined as never });
  return { running, budgetMs: 200, rows: 1000, signal: controller.signal, tables: undefined as never, received: [] };
}

it("kills and adds real processes while the others go on, and clears all of them away", async () => {
  const trial = await startUuid(new AbortController());
  const pids = () => trial.running.agents().map(({ child }) => child.pid);
  const before = pids();
  const kill = await measureKill(trial);
  expect(kill).toMatchObject({ duplicates: 0, idsLost: { kind: "unmeasured" } });
  expect(kill.idsMeanwhile).toBeGreaterThan(0);
  expect(kill.backAfterMs).toBeGreaterThan(0);
  expect(isRunning(before[0]!)).toBe(false);
  const { safe } = trial.running.add;
  expect(await measureChange(trial, safe, "counts")).toMatchObject({ duplicates: 0 });
  expect(new Set([...before, ...pids()]).size).toBe(4);
  const last = pids();
  await stage!.close();
  expect(last.map(isRunning)).toEqual([false, false, false]);
  expect(existsSync(stage!.directory)).toBe(false);
});

it("starts nothing more once it was aborted, and says why", async () => {
  const controller = new AbortController();
  const trial = await startUuid(controller);
  const reason = new Error("enough");
  controller.abort(reason);
  await expect(measureKill(trial)).rejects.toThrow();
  await expect(stage!.start({ module: "", export: "", options: null })).rejects.toBe(reason);
});

it("says what a process could not do", async () => {
  stage = openStage(new AbortController().signal);
  const role = {
    module: "data:text/javascript,export function open() { throw new Error('no such thing') }",
    export: "open",
  };
  await expect(stage.start({ ...role, options: null })).rejects.toMatchObject({
    code: "PROCESS_FAILED",
    message: expect.stringContaining("no such thing"),
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
