import { presets } from "@shardflake/core";
import { describe, expect, it } from "vitest";
import { parsePlanRequest } from "../../src/actions/plan/request.js";
import type { PlanOptions } from "../../src/commands/plan.js";

/** A wrong value for each option, and what the message gives as an example. */
const WRONG: readonly (readonly [keyof PlanOptions, string, readonly string[], string])[] = [
  ["rate", "--rate", ["-1/s", "10kk", "10kk/s", "10k", "10k/y", "0/s", "NaN/s", ""], "10k/s"],
  ["peak", "--peak", ["4", "0x", "0.5x", "-4x", "NaNx", "x"], "4x"],
  ["years", "--years", ["0", "0y", "-1", "70d", "NaN", "1e400", ""], "70"],
  ["tick", "--tick", ["0ms", "1", "1ms,", "0.5ms", "-1ms", ""], "1ms,10ms,1s"],
  ["machines", "--machines", ["0", "-1", "1.5", "1e400", ""], "from 1"],
  ["datacenters", "--datacenters", ["0", "-1", "1.5", "1e400", ""], "from 1"],
  ["skew", "--skew", ["NaN", "-1s", "5", "1e400s"], "250ms"],
  ["maxWaitP99", "--max-wait-p99", ["NaN", "-1s", "5", "1e400s"], "250ms"],
  ["burst", "--burst", ["-1", "1.5", "10kk"], "1M"],
  ["window", "--window", ["1ms", "2d"], "10ms"],
];

describe("a plan request", () => {
  it.each(
    WRONG.flatMap(([name, option, texts, example]) => texts.map((text) => [option, text, name, example] as const)),
  )("is refused whole with %s %j, by name and with an example", (option, text, name, example) => {
    const refusal = { code: "OPTION_INVALID", message: expect.stringContaining(`Expected ${option} to be `) };
    expect(() => parsePlanRequest({ rate: "10k/s", [name]: text })).toThrow(expect.objectContaining(refusal));
    expect(() => parsePlanRequest({ rate: "10k/s", [name]: text })).toThrow(example);
  });

  it.each([
    [{ years: "70" }, "--years"],
    [{ tick: "1ms" }, "--tick"],
    [{ maxWaitP99: "1ms" }, "--max-wait-p99"],
    [{ jsSafe: true }, "--js-safe"],
  ] as const)("does not take %o beside a layout", (options, option) => {
    expect(() => parsePlanRequest({ rate: "1/s", layout: "twitter", ...options })).toThrow(
      expect.objectContaining({ code: "USAGE", message: expect.stringContaining(option) }),
    );
  });

  it("has no more machine IDs in use than the layout has", () => {
    const request = { rate: "1/s", layout: "twitter" };
    expect(parsePlanRequest({ ...request, machines: "1024" }).load.machinesInUse).toBe(1024);
    for (const tooMany of [{ machines: "1025" }, { datacenters: "2", machines: "33" }, { datacenters: "33" }]) {
      expect(() => parsePlanRequest({ ...request, ...tooMany })).toThrow(
        expect.objectContaining({ code: "OPTION_INVALID" }),
      );
    }
  });

  it("asks about the layout that is given, at the peak", () => {
    expect(
      parsePlanRequest({ rate: "60k/min", peak: "2.5x", layout: "twitter", datacenters: "2", machines: "20" }),
    ).toEqual({
      kind: "layout",
      layout: presets.twitter,
      load: { idsPerSecond: 2500, machinesInUse: 40, burstIds: 0, skewMs: 10, windowMs: 6000 },
    });
  });

  it("asks for a layout where none is given, counted from the epoch", () => {
    expect(
      parsePlanRequest({
        rate: "1k/s",
        years: "69.5y",
        tick: "1s",
        maxWaitP99: "2s",
        jsSafe: true,
        epoch: "2030-01-01",
      }),
    ).toMatchObject({
      kind: "choice",
      requirements: {
        idsPerSecond: 1000,
        years: 69.5,
        datacenters: 1,
        machines: 1,
        maxWaitP99Ms: 2000,
        ticksMs: [1000],
        mostBits: 53,
        epochMs: Date.UTC(2030, 0, 1),
      },
    });
  });
});
