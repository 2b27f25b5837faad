import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { finished, runCommand, runShell, startCommand } from "../run-command.js";

// Processes that work, on a machine that may have other work.
vi.setConfig({ testTimeout: 60_000 });

const directory = mkdtempSync(join(tmpdir(), "simulate-test-"));
afterAll(() => rmSync(directory, { recursive: true }));
const path = (name: string): string => join(directory, name);

for (const name of ["temporary", "written"]) mkdirSync(path(name));

/** Ten seconds with a step and a restart on two shards: a tenth of a second of work. */
const SCENARIO = {
  format: 1,
  seed: 5,
  durationMs: 10_000,
  shards: 2,
  load: { kind: "steady", idsPerSecond: 500 },
  windowMs: 500,
  faults: [
    { kind: "step", atMs: 2000, forMs: 0, on: [0], byMs: -400 },
    { kind: "restart", atMs: 4000, forMs: 500, on: [1], exit: "kill", clockBehindMs: 0 },
  ],
};
const scenarioFile = path("scenario.json");
writeFileSync(scenarioFile, JSON.stringify(SCENARIO));

/** A generator that trusts its clock, as many do. */
const brokenFile = path("broken.mjs");
writeFileSync(
  brokenFile,
  `export default ({ clock, layout, machineId }) => {
     let last = -1;
     let sequence = 0n;
     return {
       next() {
         const tick = Math.floor((clock.now() - layout.epochMs) / layout.tickMs);
         sequence = tick === last ? sequence + 1n : 0n;
         last = tick;
         return (BigInt(tick) << 22n) | (BigInt(machineId) << 12n) | sequence;
       },
     };
   };`,
);

const KEYS = ["verdict", "traceHash", "scenario", "issued", "refused", "stallMs", "kRadius", "largestInversionMs"];

interface Document {
  readonly verdict: string;
  readonly traceHash: string | null;
  readonly scenario: { readonly faults: readonly unknown[]; readonly seed: number };
  readonly issued: number;
  readonly invariants: readonly { readonly name: string; readonly verdict: string }[];
  readonly violations: readonly { readonly invariant: string; readonly ids: readonly string[] }[];
  readonly coverage: Readonly<Record<string, number>>;
  readonly replay: string;
}

const documentOf = (stdout: string): Document => JSON.parse(stdout) as Document;

describe.concurrent("shardflake simulate", () => {
  it("passes a scenario, with the promised document and nothing else", async () => {
    const { code, stdout, stderr } = await runCommand(["simulate", scenarioFile, "--json"]);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const document = documentOf(stdout);
    expect(Object.keys(document)).toEqual([...KEYS, "invariants", "violations", "coverage", "replay"]);
    expect(document).toMatchObject({ verdict: "pass", scenario: SCENARIO, violations: [] });
    expect(document.issued).toBeGreaterThan(4000);
    expect(document.traceHash).toMatch(/^[0-9a-f]+$/);
    expect(Object.keys(document.invariants[0]!)).toEqual(["name", "verdict", "figure", "bound"]);
    expect(document.coverage).toMatchObject({ "fault:step": 1, "fault:restart": 1 });
  });

  it("prints a table for people, with a command that runs the same again", async () => {
    const { code, stdout } = await runCommand(["simulate", scenarioFile]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/invariant .* verdict .* figure .* bound/);
    expect(stdout).toMatch(/^verdict +pass$/m);
    const replay = /^replay +(.*)$/m.exec(stdout)![1]!;
    expect((await runShell(`${replay} --json`)).stdout).toContain(/^trace hash +(.*)$/m.exec(stdout)![1]!);
  });

  it.each<[string, string[]]>([
    ["a profile and a seed", ["--profile", "hostile", "--seed", "7", "--duration", "8s", "--shards", "3"]],
    [
      "a scenario as text, with another seed, in another layout",
      [JSON.stringify(SCENARIO), "--seed", "4294967295", "--duration", "9s", "--layout", "discord"],
    ],
  ])("replays %s exactly", async (_name, args) => {
    const first = documentOf((await runCommand(["simulate", ...args, "--json"])).stdout);
    const again = documentOf((await runShell(`${first.replay} --json`)).stdout);
    expect(again).toEqual(first);
    expect(first.traceHash).not.toBeNull();
  });

  it("writes the scenario, which gives the same trace, and a page", async () => {
    const [save, report] = [path("written/saved it's.json"), path("written/report.html")];
    const args = [
      "simulate",
      "--profile",
      "vm",
      "--seed",
      "3",
      "--duration",
      "20s",
      "--save",
      save,
      "--report",
      report,
    ];
    const first = documentOf((await runCommand([...args, "--json"])).stdout);
    expect(JSON.parse(readFileSync(save, "utf8"))).toEqual(first.scenario);
    expect(readFileSync(report, "utf8")).toMatch(/^<!doctype html>.*<\/html>\n$/s);
    const again = documentOf((await runShell(`${first.replay} --json`)).stdout);
    expect(first.replay).toContain("saved it");
    expect({ ...again, replay: first.replay }).toEqual(first);
    expect(readdirSync(path("written")).sort()).toEqual(["report.html", "saved it's.json"]);
  });

  it("runs the real pool, which leaves no trace behind", async () => {
    const args = [
      "--profile",
      "ntp",
      "--seed",
      "3",
      "--world",
      "pool",
      "--duration",
      "1s",
      "--report",
      path("pool.html"),
    ];
    const { code, stdout, stderr } = await runCommand(["simulate", ...args, "--json"], "", {
      TMPDIR: path("temporary"),
    });
    expect(stderr).toBe("");
    expect([0, 3]).toContain(code);
    const document = documentOf(stdout);
    expect(document.issued).toBeGreaterThan(100);
    expect(document.traceHash).toBeNull();
    expect(document.replay).toContain("--world pool");
    expect(readdirSync(path("temporary"))).toEqual([]);
  });

  it("cannot decide about a fault that nobody saw", async () => {
    const unseen = {
      ...SCENARIO,

      faults: [{ kind: "step", atMs: 5000, forMs: 0, on: [0], byMs: 0 }],
    };
    const { code, stdout } = await runCommand(["simulate", JSON.stringify(unseen), "--json"]);
    expect(code).toBe(3);
    expect(documentOf(stdout)).toMatchObject({ verdict: "unknown" });
  });
});

describe("shardflake simulate --search", () => {
  it("finds what a subject does wrong, and makes it small, in a file and a command", async () => {
    const save = path("found.json");
    const args = ["simulate", scenarioFile, "--subject", brokenFile, "--search", "60s", "--save", save, "--json"];
    const { code, stdout, stderr } = await runCommand(args);
    expect(code).toBe(1);
    const found = documentOf(stdout);
    expect(found.verdict).toBe("fail");
    expect(found.scenario.faults.length).toBeLessThanOrEqual(2);
    expect(found.violations[0]?.ids.length).toBeGreaterThan(0);
    expect(JSON.parse(readFileSync(save, "utf8"))).toEqual(found.scenario);
    expect(stderr).toMatch(/^searched \d+ runs .*\nshrunk in \d+ runs /);
    const again = await runShell(`${found.replay} --json`);
    expect(again.code).toBe(1);
    expect(documentOf(again.stdout).invariants).toEqual(found.invariants);
  });

  it("passes when its time is over", async () => {
    const args = ["simulate", scenarioFile, "--search", "1s"];
    const { code, stdout, stderr } = await runCommand(args);
    expect(stderr).toMatch(
      /^searched [\d,]+ runs \([\d,]+ count, [\d,]+ unknown\), [\d,]+ IDs in [\d,]+ simulated seconds\n$/,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^verdict +pass$/m);
  });

  it("cannot decide without a run", async () => {
    const { code, stdout, stderr } = await runCommand(["simulate", "--duration", "70y", "--search", "50ms", "--quiet"]);
    expect(stderr).toMatch(/^shardflake: Expected .* \[BUDGET_ENDED\]\n$/);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  });
});

/**
 * Until the process has a handler for SIGHUP (proc(5), SigCgt; Node itself has one for SIGINT), and somewhat longer, so
 * that it is at work.
 */
async function listens(pid: number): Promise<void> {
  const SIGHUP_BIT = 1n;
  for (let mask = 0n; (mask & SIGHUP_BIT) === 0n; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    mask = BigInt(`0x${/^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]}`);
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
}

describe("signals and pipes of shardflake simulate", () => {
  it.each<[string, string[]]>([
    ["a run", ["--duration", "70y"]],
    ["a pool", ["--world", "pool", "--duration", "1h", "--profile", "calm"]],
    ["a search", ["--duration", "70y", "--search", "1h"]],
    ["a subject that never answers", ["--subject", path("stubborn.mjs"), "--search", "1h"]],
  ])("end %s at once", async (_name, args) => {
    writeFileSync(path("stubborn.mjs"), "export default () => ({ next() { for (;;); } });");
    const save = path("unsaved.json");
    const child = startCommand(["simulate", ...args, "--save", save]);
    const end = finished(child);
    await listens(child.pid!);
    child.kill("SIGINT");
    const startMs = performance.now();
    expect(await end).toEqual({ code: 130, stdout: "", stderr: "" });
    // Two seconds are what clean-up may take before it is cut off.
    expect(performance.now() - startMs).toBeLessThan(1900);
    expect(readdirSync(directory)).not.toContain("unsaved.json");
  });

  it("ends quietly when its reader has gone", async () => {
    const line = `{ $SHARDFLAKE simulate ${scenarioFile} --json; echo "exit $?" >&2; } | true`;
    expect(await runShell(line)).toMatchObject({ stdout: "", stderr: "exit 0\n" });
  });
});
