import { describe, expect, it } from "vitest";
import type { Comparison } from "../../src/actions/plan/validate.js";
import { runCommand } from "../run-command.js";

describe("plan --validate", { timeout: 60_000 }, () => {
  it("holds the prediction against the virtual world and a real pool", async () => {
    const { stdout } = await runCommand([
      ...["plan", "--validate", "--json", "--layout", '{"sequenceBits":6}'],
      ...["--rate", "576k/s", "--machines", "10"],
    ]);
    const { question, comparisons } = JSON.parse(stdout) as { question: string; comparisons: Comparison[] };
    expect(question).toBe("validate");
    expect(comparisons.map(({ name }) => name)).toEqual([
      "exhaustionProbability",
      "meanBacklogIds",
      "meanWaitTicks",
      "ceilingPerMachinePerSecond",
    ]);
    expect(comparisons[1]!.predicted).toBeCloseTo(1.54, 3);
    for (const { simulatedAgrees, measured } of comparisons) {
      expect(simulatedAgrees).toBe(true);
      // Chance and other work have a part in what is measured: the middle of it, not the verdict.
      expect(measured!.mean).toBeGreaterThan(0);
    }
  });

  it("measures nothing where a few seconds are a few ticks", async () => {
    const layout = '{"timestampBits":32,"sequenceBits":4,"tickMs":1000}';
    const { code, stdout } = await runCommand(["plan", "--validate", "--layout", layout, "--rate", "12/s"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/exhausted ticks, share .* agrees .* too few ticks/);
  });

  it("refuses a load that nothing is predicted for", async () => {
    const { code, stderr } = await runCommand(["plan", "--validate", "--layout", "twitter", "--rate", "5M/s"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Expected a load of at most 99.9 % .*, got 122.* \[USAGE\]/);
  });
});
