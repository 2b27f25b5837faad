import { once } from "node:events";
import { presets } from "@shardflake/core";
import { planIn } from "@shardflake/planner/link";
import { describe, expect, it } from "vitest";
import { finished, runCommand, startCommand } from "../run-command.js";

/** Starts the page, hands its address over, and stops it with SIGINT. */
async function whileOpen(args: readonly string[], use: (address: URL) => Promise<void>): Promise<void> {
  const child = startCommand(["plan", "--open", ...args]);
  const end = finished(child);
  try {
    const [line] = (await once(child.stdout!, "data")) as [Buffer];
    await use(new URL(line.toString().trim()));
  } finally {
    child.kill("SIGINT");
  }
  expect(await end).toMatchObject({ code: 130, stderr: "" });
}

describe("plan --open", () => {
  it("serves the page, and nothing else, on loopback until it is stopped", async () => {
    await whileOpen([], async (address) => {
      expect(address.hostname).toBe("127.0.0.1");
      const page = await fetch(address);
      expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(await page.text()).toContain("<title>Shardflake planner</title>");
      expect((await fetch(new URL("/package.json", address))).status).toBe(404);
      expect((await fetch(address, { method: "POST" })).status).toBe(404);
    });
  });

  it("opens with the layout and the load that were given", async () => {
    const args = "--layout twitter --rate 10k/s --peak 4x --machines 40 --burst 7".split(" ");
    await whileOpen(args, async ({ hash }) => {
      const { a, load } = planIn(hash);
      expect([a.timestamp, a.sequence, a.epoch]).toEqual(["41", "12", new Date(presets.twitter.epochMs).toISOString()]);
      expect(load).toEqual({ rate: "40000/s", machines: "40", burst: "7", skew: "10ms" });
    });
  });

  it("opens with the best layout where none was given", async () => {
    const args = "--rate 10k/s --datacenters 32 --machines 32 --years 69".split(" ");
    await whileOpen(args, async ({ hash }) => {
      const { a } = planIn(hash);
      expect([a.timestamp, a.datacenter, a.machine, a.sequence]).toEqual(["41", "5", "5", "12"]);
    });
  });

  it("refuses what plan refuses", async () => {
    const { code, stdout, stderr } = await runCommand(["plan", "--open", "--rate", "10kk"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("OPTION_INVALID");
  });
});
