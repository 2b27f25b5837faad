import { readFileSync } from "node:fs";
import { defineLayout, type LayoutOptions } from "@shardflake/core";
import { describe, expect, it } from "vitest";
import { runCommand } from "../run-command.js";

const planning = readFileSync(new URL("../../../../docs/planning.md", import.meta.url), "utf8");

/** Every `$ shardflake …` line of the page that has an output below it. */
const examples = [...planning.matchAll(/^```sh\n\$ shardflake (.+)\n```\n+```text\n([^`]*)```$/gm)].map(
  ([, command, output]) => ({ command: command!, output: output! }),
);

async function planJson(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await runCommand(["plan", "--json", ...args]);
  return JSON.parse(stdout);
}

describe("docs/planning.md", () => {
  it("has the classic case and more", () => {
    expect(examples.length).toBeGreaterThanOrEqual(3);
    expect(examples[0]!.command).toBe("plan --rate 10k/s --datacenters 32 --machines 32 --years 69");
  });

  it.each(examples)("shows what the command prints: $command", async ({ command, output }) => {
    const { stdout } = await runCommand(command.split(" "));
    expect(stdout).toBe(output);
  });
});

describe("plan --layout", () => {
  it("has the published values", async () => {
    const sections = { timestampBits: 41, datacenterBits: 5, machineBits: 5 };
    const layout = (sequenceBits: number): string => JSON.stringify({ ...sections, sequenceBits });
    const full = await planJson("--layout", layout(12), "--rate", "3_900_000/s", "--machines", "1");
    expect(full.exhaustionProbability).toBeCloseTo(8.9e-4, 5);
    const queue = await planJson("--layout", layout(6), "--rate", "57_600/s");
    expect(queue.meanBacklogIds).toBeCloseTo(1.54, 3);
    expect(queue.meanWaitTicks).toBeCloseTo(0.0267, 4);
    const machines = await planJson("--layout", layout(12), "--rate", "1/s", "--machines", "10");
    expect(machines.collisionProbability).toBeCloseTo(0.043, 3);
    expect(machines.lifetimeYears).toBeCloseTo(69.7, 1);
  });

  it("spreads the peak over the machine IDs of all datacenters", async () => {
    const plan = await planJson(
      ..."--layout twitter --rate 10M/s --peak 4x --datacenters 2 --machines 20 --burst 5000 --skew 5ms".split(" "),
    );
    expect(plan).toMatchObject({
      question: "layout",
      layout: { timestampBits: 41, tickMs: 1, epoch: "2010-11-04T01:42:54.657Z" },
      idsPerSecond: 40e6,
      machinesInUse: 40,
      machines: 1024,
      meanIdsPerTick: 1000,
      ceilingPerSecond: 4_194_304_000,
      endsAt: "2080-07-10T17:30:30.209Z",
      waitP99Ms: 0,
      burstIds: 5000,
      burstLastWaitMs: 1,
      disorderMs: 11,
    });
  });

  it("says so where the queue never settles, and has logarithms where numbers end", async () => {
    const over = await planJson("--layout", "twitter", "--rate", "5M/s", "--burst", "5");
    expect(over).toMatchObject({ meanBacklogIds: "unstable", waitP99Ms: "unstable", burstDrainMs: null });
    const under = await planJson("--layout", "twitter", "--rate", "1/s");
    expect(under.exhaustionProbability).toBe(0);
    expect(under.lnExhaustionProbability).toBeLessThan(-10_000);
  });

  it("gives no date after the year 275760", async () => {
    const plan = await planJson("--layout", '{"timestampBits":53,"sequenceBits":0,"epoch":-1000000}', "--rate", "1/s");
    expect(plan.endsAt).toBeNull();
  });
});

describe("plan without a layout", () => {
  it("ranks layouts that --layout takes as they are", async () => {
    const plan = await planJson(..."--rate 10k/s --peak 4x --datacenters 2 --machines 20 --years 70".split(" "));
    expect(plan).toMatchObject({ question: "which", fits: "some" });
    const ranked = plan.ranked as {
      layout: LayoutOptions;
      waitP99Ms: number;
      lifetimeYears: number;
      machines: number;
    }[];
    expect(ranked.length).toBeGreaterThan(3);
    for (const { layout, lifetimeYears, machines, waitP99Ms } of ranked) {
      expect(defineLayout(layout).machines).toBe(machines);
      expect(machines).toBeGreaterThanOrEqual(40);
      expect(lifetimeYears).toBeGreaterThanOrEqual(70);
      expect(waitP99Ms).toBe(0);
    }
  });

  it("fits JavaScript numbers when asked to", async () => {
    const plan = await planJson("--rate", "10k/s", "--machines", "20", "--js-safe");
    for (const { numberMarginBits } of plan.ranked as { numberMarginBits: number }[]) {
      expect(numberMarginBits).toBeGreaterThanOrEqual(0);
    }
  });

  it("exits with 1 and names the nearest misses where nothing fits", async () => {
    const { code, stdout } = await runCommand(["plan", "--rate", "1G/s", "--years", "100000", "--json"]);
    expect(code).toBe(1);
    const { fits, misses } = JSON.parse(stdout) as { fits: string; misses: { unmet: unknown[] }[] };
    expect(fits).toBe("none");
    for (const { unmet } of misses) expect(unmet.length).toBeGreaterThan(0);
  });
});
