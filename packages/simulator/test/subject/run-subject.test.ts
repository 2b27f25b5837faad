import { expect, test, vi } from "vitest";
import { simulateSubject } from "../../dist/subject/run-subject.js";
import type { InvariantName, Outcome } from "../../src/outcome/outcome.js";
import type { Fault } from "../../src/scenario/fault.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { scenarioWith, subjectFile } from "./scenarios.js";

const run = (file: string, changes: Partial<Scenario> = {}, options = {}): Promise<Outcome> =>
  simulateSubject(scenarioWith(changes), subjectFile(file), options);

const verdictOf = ({ invariants }: Outcome, name: InvariantName) =>
  invariants.find((invariant) => invariant.name === name)?.verdict;

const STEP_BACK: Fault = { kind: "step", atMs: 100, forMs: 0, on: "all", byMs: -50 };
const FROZEN: Fault = { kind: "frozen", atMs: 100, forMs: 100_000, on: "all", valueMs: null };
const RESTART_BEHIND: Fault = { kind: "restart", atMs: 100, forMs: 10, on: "all", exit: "kill", clockBehindMs: 50 };

test("a generator that waits for its clock passes a step back, and is seen to wait", async () => {
  const outcome = await run("classic.mjs", { faults: [STEP_BACK] });
  expect(outcome.violations).toEqual([]);
  expect(outcome.verdict).toBe("pass");
  expect(outcome.issued).toBeGreaterThan(590);
  expect(outcome.stallMs.max).toBeGreaterThan(49);
  expect(outcome.coverage["fault:step"]).toBe(2);
});

test("one that trusts its clock fails it, with duplicates that are named", async () => {
  const outcome = await run("trusting.mjs", { faults: [STEP_BACK] });
  expect(outcome.verdict).toBe("fail");
  expect([verdictOf(outcome, "unique"), verdictOf(outcome, "monotonic")]).toEqual(["fail", "fail"]);
  const [first] = outcome.violations;
  expect(first?.ids).toHaveLength(2);
  expect(first?.detail).toContain("step at 100 ms (seen on shard");
});

test("a burst beyond the sequence shows who does not check for overflow, without a fault", async () => {
  const burst = { load: { kind: "burst", ids: 6000, everyMs: 100 } } as const;
  expect((await run("classic.mjs", burst)).verdict).toBe("pass");
  expect(verdictOf(await run("trusting.mjs", burst), "unique")).toBe("fail");
});

test("a restart with the clock behind defeats whoever keeps its state in memory", async () => {
  const outcome = await run("classic.mjs", { faults: [RESTART_BEHIND] });
  expect([verdictOf(outcome, "unique"), verdictOf(outcome, "monotonic")]).toEqual(["fail", "fail"]);
  expect(outcome.coverage["fault:restart"]).toBeGreaterThanOrEqual(2);
});

test("every process of a subject has modules of its own", async () => {
  const outcome = await run("fresh-state.mjs", { shards: 1, faults: [{ ...RESTART_BEHIND, on: [0] }] });
  // It counts in three modules; a count that went on after the restart would never come twice.
  expect(outcome.coverage["fault:restart"]).toBeGreaterThan(0);
  const duplicates = outcome.invariants.find(({ name }) => name === "unique")?.figure;
  expect(duplicates).toMatch(/^199 of/);
});

test("a clone beside its original issues the same IDs", async () => {
  const clone: Fault = { kind: "clone", atMs: 100, forMs: 100, on: [0], rewindMs: 0 };
  const outcome = await run("classic.mjs", { faults: [clone] });
  expect(verdictOf(outcome, "unique")).toBe("fail");
  expect(outcome.issued).toBeGreaterThan(690);
});

test("whoever spins on a clock that is frozen for good hangs, and is not waited for", async () => {
  const outcome = await run("spinning.mjs", { faults: [FROZEN] });
  expect(outcome.coverage.hangs).toBe(2);
  expect(verdictOf(outcome, "available")).toBe("fail");
  expect(outcome.issued).toBeGreaterThan(150);
});

test.each(["deaf.mjs", "never-settles.mjs"])("%s, in which no time passes, is cut off in real time", async (file) => {
  const outcome = await run(file, {}, { hangMs: 300 });
  expect(outcome.coverage.hangs).toBe(2);
  expect(outcome.verdict).toBe("fail");
  expect(outcome.violations.map(({ detail }) => detail).join()).toContain("hung");
});

test("a subject that ends its process is reported, and the other shard goes on", async () => {
  const outcome = await run("exiting.mjs");
  expect(outcome.coverage.crashes).toBe(2);
  expect(verdictOf(outcome, "available")).toBe("fail");
});

test("a process that cannot load its module again has crashed", async () => {
  const faults: Fault[] = [{ kind: "restart", atMs: 100, forMs: 10, on: [0], exit: "kill", clockBehindMs: 3_600_000 }];
  const outcome = await run("dated.mjs", { faults, load: { kind: "steady", idsPerSecond: 200 } });
  expect(outcome.coverage.crashes).toBe(1);
  expect(outcome.issued).toBeGreaterThan(30);
});

test("errors are refusals, counted by name", async () => {
  const outcome = await run("refusing.mjs");
  const { coverage } = outcome;
  expect(outcome.refused).toBe(coverage.throws);
  expect(coverage["throws:RangeError: no ID at #"]).toBeGreaterThan(140);
  expect(coverage["throws:Error: busy"]).toBeGreaterThan(140);
});

test("errors that nobody catches are counted and end nothing, and what a subject prints is not shown", async () => {
  const printed = [vi.spyOn(process.stdout, "write"), vi.spyOn(process.stderr, "write")];
  const outcome = await run("stray.mjs", { shards: 1, load: { kind: "steady", idsPerSecond: 500 } });
  const shown = printed.flatMap(({ mock }) => mock.calls).join();
  vi.restoreAllMocks();
  expect(outcome.verdict).toBe("pass");
  expect(outcome.coverage["uncaught-errors"]).toBe(2);
  expect(shown).not.toContain("an ID");
});

test("IDs of every shape are read, and what is none is a violation", async () => {
  const outcome = await run("shapes.mjs", { shards: 1, load: { kind: "steady", idsPerSecond: 500 } });
  expect(outcome.issued).toBe(18 * 6 + 5);
  expect(verdictOf(outcome, "layout")).toBe("fail");
  expect(outcome.violations.map(({ detail }) => detail).join()).toContain("18446744073709551616n");
  expect(verdictOf(outcome, "fidelity")).toBe("pass");
});

test("a subject's own layout is what its IDs are held to", async () => {
  const outcome = await run("own-layout.cjs");
  expect(outcome.violations).toEqual([]);
  expect(outcome.verdict).toBe("pass");
});

test("IDs that are texts are held to uniqueness and order, by their texts", async () => {
  const outcome = await run("random.mjs");
  expect(outcome.invariants.map(({ name }) => name)).not.toContain("layout");
  expect(verdictOf(outcome, "unique")).toBe("pass");
  expect(verdictOf(outcome, "monotonic")).toBe("fail");
  for (const id of outcome.violations.flatMap(({ ids }) => ids)) expect(id.length).toBeGreaterThan(5);
});

test("nothing is known of a subject that reads no replaced clock", async () => {
  const outcome = await run("clockless.mjs", { faults: [STEP_BACK] });
  expect(outcome.verdict).toBe("unknown");
  expect(outcome.invariants.find(({ name }) => name === "not-vacuous")?.figure).toContain("read no clock");
});

test("a store fault is none for a subject", async () => {
  const store: Fault = { kind: "store", atMs: 100, forMs: 50, on: "all", trouble: "down", delayMs: 0 };
  const outcome = await run("classic.mjs", { faults: [store, STEP_BACK] });
  expect(outcome.verdict).toBe("pass");
  expect(outcome.scenario.faults).toHaveLength(2);
});

test("the same scenario gives the same outcome", async () => {
  const faults = [STEP_BACK, RESTART_BEHIND];
  const [one, other] = await Promise.all([run("random.mjs", { faults }), run("random.mjs", { faults })]);
  expect(one).toEqual(other);
  expect(one.traceHash).toMatch(/^[0-9a-f]{16}$/);
  expect((await run("random.mjs", { faults, seed: 12 })).traceHash).not.toBe(one.traceHash);
});

test("when the budget is over, what is known counts and the rest is unknown", async () => {
  const saturating = { load: { kind: "saturating" }, durationMs: 1e9 } as const;
  const outcome = await run("classic.mjs", saturating, { budgetMs: 300 });
  expect(outcome.verdict).toBe("unknown");
  expect(outcome.invariants.find(({ name }) => name === "not-vacuous")?.figure).toContain("budget");
});

test("an aborted run ends at once, whatever the subject does", async () => {
  const controller = new AbortController();
  const running = run(
    "deaf.mjs",
    {},
    { signal: controller.signal, onProgress: () => controller.abort(new Error("enough")) },
  );
  await expect(running).rejects.toThrow("enough");
  await expect(run("classic.mjs", {}, { signal: AbortSignal.abort(new Error("never")) })).rejects.toThrow("never");
});

test("a layout with fewer machine IDs than shards is refused", async () => {
  await expect(run("classic.mjs", { shards: 3, layout: { datacenterBits: 0, machineBits: 1 } })).rejects.toMatchObject({
    code: "SUBJECT_INVALID",
    message: expect.stringContaining("3 shards"),
  });
});

test.each([
  ["no-subject.mjs", "SUBJECT_INVALID", "default export"],
  ["needs-missing-package.mjs", "SUBJECT_INVALID", "shardflake-test-package-that-is-not-there"],
  ["not-there.mjs", "SUBJECT_UNKNOWN", "uuidv7"],
])("%s is refused with %s", async (file, code, hint) => {
  await expect(run(file)).rejects.toMatchObject({ code, message: expect.stringContaining(hint) });
});
