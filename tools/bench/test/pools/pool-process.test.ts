import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { PoolFigures } from "../../src/pools/pool-figures.js";

const PROCESS = fileURLToPath(new URL("../../dist/pools/pool-process.js", import.meta.url));
const TICKS = 20;

function figuresOf(way: string, shards: number, lanes: number): PoolFigures {
  const args = [PROCESS, way, shards, lanes, TICKS].map(String);
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as PoolFigures;
}

describe("the two ways to issue on many machine IDs", () => {
  it("measures a pool that keeps to its ceiling, in order, with nothing from the future", () => {
    const { share, idsPerSecond, outOfOrder, lagMs, cores } = figuresOf("waitFree", 2, 2);
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThanOrEqual(1);
    expect(outOfOrder).toBe(0);
    expect(lagMs).toBeGreaterThanOrEqual(0);
    expect(Math.min(idsPerSecond, cores)).toBeGreaterThan(0);
  });

  it("counts what every spinning thread issued", () => {
    const { share, idsPerSecond } = figuresOf("spinning", 2, 1);
    expect(Math.min(share, idsPerSecond)).toBeGreaterThan(0);
  });
});
