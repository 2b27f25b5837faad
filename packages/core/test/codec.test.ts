import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bounds,
  compose,
  decompose,
  defineLayout,
  type IdSections,
  idAt,
  LayoutError,
  ParseError,
} from "../src/index.js";
import { anyLayout, layoutAndSections, sectionsOf } from "./layouts.js";

const layout = defineLayout();
const zero: IdSections = { tick: 0, datacenterId: 0, machineId: 0, sequence: 0 };

describe("compose and decompose", () => {
  it("return the sections that went in, for every layout", () => {
    fc.assert(
      fc.property(layoutAndSections, ([anyLayout, sections]) => {
        const timestampMs = anyLayout.epochMs + sections.tick * anyLayout.tickMs;
        expect(decompose(anyLayout, compose(anyLayout, sections))).toEqual({ ...sections, timestampMs });
      }),
    );
  });

  it("order IDs by tick, then datacenter, machine and sequence", () => {
    const pairs = anyLayout.chain((any) => fc.tuple(fc.constant(any), sectionsOf(any), sectionsOf(any)));
    fc.assert(
      fc.property(pairs, ([any, a, b]) => {
        const names = ["tick", "datacenterId", "machineId", "sequence"] as const;
        const first = names.find((name) => a[name] !== b[name]);
        const less = first !== undefined && a[first] < b[first];
        expect(compose(any, a) < compose(any, b)).toBe(less);
      }),
    );
  });

  it("keep every ID below 2 ** totalBits, with the largest sections filling it", () => {
    fc.assert(
      fc.property(anyLayout, (any) => {
        const largest = compose(any, {
          tick: any.maxTick,
          datacenterId: any.datacenters - 1,
          machineId: any.machinesPerDatacenter - 1,
          sequence: any.idsPerTick - 1,
        });
        expect(largest).toBe(2n ** BigInt(any.totalBits) - 1n);
      }),
    );
  });

  it.each([
    ["tick", layout.maxTick + 1],
    ["datacenterId", 32],
    ["machineId", 32],
    ["sequence", 4096],
  ] as const)("refuse a %s that does not fit", (name, tooMuch) => {
    for (const value of [tooMuch, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "1", 1n, undefined]) {
      const error = thrownBy(() => compose(layout, { ...zero, [name]: value } as IdSections));
      expect(error).toBeInstanceOf(LayoutError);
      expect(error).toMatchObject({ code: "SECTION_OUT_OF_RANGE", message: expect.stringContaining(name) });
    }
  });

  it("refuse an ID with its sign bit set or with more bits than the layout", () => {
    fc.assert(
      fc.property(anyLayout, fc.bigInt(), (any, id) => {
        fc.pre(id < 0n || id >= 2n ** BigInt(any.totalBits));
        const error = thrownBy(() => decompose(any, id));
        expect(error).toBeInstanceOf(ParseError);
        expect(error).toMatchObject({ code: "ID_OUT_OF_RANGE" });
      }),
    );
  });

  it("refuse an ID that is no bigint", () => {
    for (const id of [1, "1", null, undefined]) {
      expect(thrownBy(() => decompose(layout, id as never))).toMatchObject({ code: "PARSE_TYPE" });
    }
  });
});

describe("idAt", () => {
  it("is the smallest ID of the tick that contains the time", () => {
    fc.assert(
      fc.property(
        layoutAndSections,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        ([any, { tick }], part) => {
          const timeMs = any.epochMs + tick * any.tickMs + Math.floor(part * any.tickMs);
          expect(idAt(any, timeMs)).toBe(compose(any, { ...zero, tick }));
        },
      ),
    );
  });

  it("refuses a time outside the lifetime", () => {
    const outside = [layout.epochMs - 1, layout.lifetimeEndMs, Number.NaN, Number.POSITIVE_INFINITY, "now"];
    for (const timeMs of outside) {
      expect(thrownBy(() => idAt(layout, timeMs as number))).toMatchObject({ code: "SECTION_OUT_OF_RANGE" });
    }
  });
});

describe("bounds", () => {
  /** A small layout with long ticks, so that periods often begin and end inside one. */
  const coarse = defineLayout({
    timestampBits: 8,
    datacenterBits: 1,
    machineBits: 2,
    sequenceBits: 3,
    epoch: 0,
    tickMs: 10,
  });
  const time = fc.integer({ min: -50, max: coarse.lifetimeEndMs + 50 });

  it("contain exactly the issuable IDs whose tick starts within the period", () => {
    fc.assert(
      fc.property(time, time, sectionsOf(coarse), (a, b, sections) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const startMs = sections.tick * coarse.tickMs;
        const expected = sections.tick > 0 && startMs >= from && startMs < to;
        const range = rangeOrEmpty(coarse, from, to);
        const id = compose(coarse, sections);
        expect(range.min <= id && id <= range.max).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("of adjacent periods are adjacent: disjoint, and nothing between them", () => {
    const cuts = fc.uniqueArray(time, { minLength: 1, maxLength: 20 }).map((times) => times.sort((a, b) => a - b));
    fc.assert(
      fc.property(cuts, (times) => {
        const ends = [-100, ...times, coarse.lifetimeEndMs + 100];
        let next = compose(coarse, { ...zero, tick: 1 });
        for (let i = 1; i < ends.length; i++) {
          const range = rangeOrEmpty(coarse, ends[i - 1]!, ends[i]!);
          if (range.min > range.max) continue;
          expect(range.min).toBe(next);
          next = range.max + 1n;
        }
        expect(next).toBe(2n ** BigInt(coarse.totalBits));
      }),
    );
  });

  it("of a period longer than any lifetime are all issuable IDs", () => {
    fc.assert(
      fc.property(anyLayout, (any) => {
        const range = bounds(any, -Number.MAX_VALUE, Number.MAX_VALUE);
        expect(range.min).toBe(compose(any, { ...zero, tick: 1 }));
        expect(range.max).toBe(2n ** BigInt(any.totalBits) - 1n);
      }),
    );
  });

  it.each([
    ["that is empty", 1e12, 1e12],
    ["that runs backwards", 1e12, 1e12 - 1],
    ["before the first issuable tick", -1e12, layout.epochMs + 1],
    ["after the lifetime", layout.lifetimeEndMs, layout.lifetimeEndMs + 1000],
    ["with an end that is no number", Number.NaN, 1e12],
    ["with an infinite end", 1e12, Number.POSITIVE_INFINITY],
  ])("refuse a period %s", (_, from, to) => {
    const error = thrownBy(() => bounds(layout, from, to));
    expect(error).toBeInstanceOf(LayoutError);
    expect(error).toMatchObject({ code: "PERIOD_INVALID" });
  });

  it("refuse a period in which no tick starts", () => {
    expect(thrownBy(() => bounds(coarse, 11, 20))).toMatchObject({ code: "PERIOD_INVALID" });
    expect(bounds(coarse, 11, 21).min).toBe(compose(coarse, { ...zero, tick: 2 }));
  });

  function rangeOrEmpty(of: typeof coarse, from: number, to: number): { min: bigint; max: bigint } {
    try {
      return bounds(of, from, to);
    } catch (error) {
      expect(error).toMatchObject({ code: "PERIOD_INVALID" });
      return { min: 1n, max: 0n };
    }
  }
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
