import { afterEach, describe, expect, it } from "vitest";
// The threads run what was built.
import {
  type RunnerSpec,
  type RunThreads,
  type RunThreadsOptions,
  type ScenarioSource,
  startRunThreads,
} from "../../dist/index.js";
import { scenarioWith } from "../search/planted.js";

const module = new URL("./runners.mjs", import.meta.url).href;
const scenario = scenarioWith([]);
const source: ScenarioSource = { kind: "given", scenario };
const never = new AbortController().signal;
const runner = (name: string, options: unknown = null): RunnerSpec => ({ module, export: name, options, graceMs: 250 });

const started: RunThreads[] = [];
const start = (name: string, options: Partial<RunThreadsOptions> = {}): RunThreads => {
  const threads = startRunThreads({ runner: runner(name), width: 1, recording: "no-recording", ...options });
  started.push(threads);
  return threads;
};
afterEach(async () => {
  for (const threads of started.splice(0)) await threads.close();
});

/** Aborts as soon as the run has begun. */
async function aborted(threads: RunThreads, ready: "progress" | "turns"): Promise<unknown> {
  const controller = new AbortController();
  const running = threads.run(source, {
    signal: controller.signal,
    onProgress: ({ atMs }) => {
      if (ready === "turns" || atMs > 0) controller.abort(new Error("stopped"));
    },
  });
  return await running.catch((error: Error) => error.message);
}

describe("a run in a thread", () => {
  it("answers with the outcome, and hands the runner its options", async () => {
    const threads = start("quick", { runner: runner("quick", { a: [1] }) });
    const { outcome, recording } = await threads.run(source, { signal: never });
    expect(outcome).toEqual({ verdict: "pass", scenario, options: { a: [1] } });
    expect(recording).toBeNull();
  });

  it("is recorded if somebody wishes so", async () => {
    const { recording } = await start("quick", { recording: "record" }).run(source, { signal: never });
    expect(recording?.issued[0]).toBe(7);
    expect(recording?.worstErrorMs[0]).toBe(0.5);
  });

  it.each(["untilStopped", "stubborn"])("leaves this thread free, and ends when it is told to: %s", async (name) => {
    expect(await aborted(start(name), name === "stubborn" ? "turns" : "progress")).toBe("stopped");
  });

  it("ends when it is told to while it waits", async () => {
    expect(await aborted(start("untilTold"), "turns")).toBe("stopped");
  });

  it("does not begin after the abort", async () => {
    const signal = AbortSignal.abort(new Error("stopped"));
    await expect(start("stubborn").run(source, { signal })).rejects.toThrow("stopped");
  });

  it("leaves threads that work behind, whatever the one before did", async () => {
    const threads = start("stubborn", { width: 2 });
    expect(await Promise.all([aborted(threads, "turns"), aborted(threads, "turns")])).toEqual(["stopped", "stopped"]);
    expect(await aborted(threads, "turns")).toBe("stopped");
  });

  it.each([
    ["throwing", "INTERNAL"],
    ["notOne", "RUNNER_UNAVAILABLE"],
    ["missing", "RUNNER_UNAVAILABLE"],
  ])("fails with a code: %s", async (name, code) => {
    await expect(start(name).run(source, { signal: never })).rejects.toMatchObject({ code });
  });

  it("runs as many at once as there are threads", async () => {
    const threads = start("untilStopped", { width: 2 });
    expect(await Promise.all([aborted(threads, "progress"), aborted(threads, "progress")])).toEqual([
      "stopped",
      "stopped",
    ]);
  });
});
