import { presets } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkFor, linkOf, planIn } from "../../src/state/link.js";
import { INITIAL, type LayoutText, layoutText } from "../../src/state/plan-state.js";

/** Whatever may stand in a field, a slash apart, which no layout has any use for. */
const anyText = fc.string({ unit: "binary", maxLength: 12 }).filter((text) => !text.includes("/"));
const anyLayoutText: fc.Arbitrary<LayoutText> = fc.record({
  timestamp: anyText,
  datacenter: anyText,
  machine: anyText,
  sequence: anyText,
  tick: anyText,
  epoch: anyText,
});

describe("the link of a plan", () => {
  it("holds all of it, whatever was typed", () => {
    fc.assert(
      fc.property(
        fc.record({
          a: anyLayoutText,
          b: fc.option(anyLayoutText),
          load: fc.record({ rate: fc.string(), machines: fc.string(), burst: fc.string(), skew: fc.string() }),
          id: fc.string(),
        }),
        (plan) => {
          expect(planIn(linkOf(plan))).toEqual(plan);
        },
      ),
    );
  });

  it("is one that a person can read", () => {
    expect(linkOf(INITIAL)).toBe(
      "#a=41/5/5/12/1ms/2020-01-01T00:00:00.000Z&rate=10k/s&machines=1&burst=5000&skew=10ms",
    );
  });

  it.each([
    [10_000, "10000/s"],
    [2.5, "150/min"],
    [1 / 3600, "1/h"],
    [1 / 86_400, "1/d"],
  ])("for a layout under a load of %d IDs a second says %s", (idsPerSecond, rate) => {
    const load = { idsPerSecond, machinesInUse: 40, burstIds: 5, skewMs: 20, windowMs: 6000 };
    expect(planIn(linkFor(presets.twitter, load))).toEqual({
      a: layoutText(presets.twitter),
      b: null,
      load: { rate, machines: "40", burst: "5", skew: "20ms" },
      id: "",
    });
    expect(planIn(linkFor(presets.shardflake, undefined))).toEqual(INITIAL);
  });

  it("that is cut or none at all leaves the rest as it is at first", () => {
    expect(planIn("")).toEqual(INITIAL);
    expect(planIn("#a=41/5/5&rate=5/s")).toEqual({ ...INITIAL, load: { ...INITIAL.load, rate: "5/s" } });
  });
});
