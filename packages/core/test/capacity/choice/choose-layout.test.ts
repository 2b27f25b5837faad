import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Choice,
  type Choices,
  chooseLayout,
  type Headroom,
  lifetimeYears,
  type Requirements,
  type SectionLengths,
  waitOf,
} from "../../../src/capacity/index.js";
import { defineLayout } from "../../../src/index.js";
import { layoutsThatFit, replaces } from "./brute-force.js";

const CLASSIC: Requirements = {
  idsPerSecond: 10_000,
  years: 69,
  datacenters: 32,
  machines: 32,
  maxWaitP99Ms: 0,
  ticksMs: [1, 10, 1000],
  mostBits: 63,
  epochMs: Date.UTC(2020, 0, 1),
};

/** Demanding enough that few layouts fit, so that every one can be compared with every other one. */
const DEMANDING: readonly (readonly [string, Requirements])[] = [
  ["two ticks of which one can be twice the other", { ...CLASSIC, machines: 900, ticksMs: [1, 2] }],
  ["a tick that is no power of two of the other", { ...CLASSIC, years: 170, datacenters: 60, ticksMs: [10, 3] }],
  ["no datacenters", { ...CLASSIC, datacenters: 1, machines: 30_000, idsPerSecond: 30e6, years: 130 }],
  [
    "more machine IDs than their section holds",
    { ...CLASSIC, datacenters: 1, machines: 70_000, years: 130, ticksMs: [1] },
  ],
  ["JavaScript numbers", { ...CLASSIC, mostBits: 53, datacenters: 2, machines: 20, years: 30 }],
  ["a wait that is allowed", { ...CLASSIC, idsPerSecond: 900e6, years: 130, maxWaitP99Ms: 20, ticksMs: [1, 10] }],
  ["the far future", { ...CLASSIC, years: 8000, datacenters: 3, idsPerSecond: 1e6, epochMs: 8e15, ticksMs: [1, 1000] }],
];

const nameOf = (l: SectionLengths): string =>
  `${l.timestampBits}/${l.datacenterBits}/${l.machineBits}/${l.sequenceBits} ${l.tickMs} ms`;

describe("choosing a layout", { timeout: 60_000 }, () => {
  it("answers the classic case with the classic layout", () => {
    const { ranked } = some(chooseLayout(CLASSIC));
    expect(nameOf(ranked[0]!.lengths)).toBe("41/5/5/12 1 ms");
    expect(ranked[0]!.wins).toEqual([{ kind: "ceiling" }]);
    expect(ranked[0]!.breaks).toMatchObject({ requirement: "years", asked: 69 });
  });

  it.each(DEMANDING)("finds what fits and drops what is replaced, as one by one: %s", (_name, requirements) => {
    const { legal, fitting } = layoutsThatFit(requirements);
    const undominated = fitting.filter((layout) => !fitting.some((rival) => replaces(rival, layout, requirements)));
    const choices = chooseLayout(requirements);
    expect(choices.legal).toBe(legal);
    expect(fitting.length).toBeGreaterThan(0);
    expect(choices).toMatchObject({ kind: "some", fitting: fitting.length, undominated: undominated.length });
    const names = new Set(undominated.map(nameOf));
    for (const { lengths } of some(choices).ranked) expect(names).toContain(nameOf(lengths));
  });

  it("gives nothing to a section that nobody asked for", () => {
    const { ranked } = some(chooseLayout({ ...CLASSIC, datacenters: 1, machines: 1000 }));
    for (const { lengths } of ranked) expect(lengths.datacenterBits).toBe(0);
  });

  it("prefers the finest tick, but says what a coarser one would bring", () => {
    const { ranked } = some(chooseLayout({ ...CLASSIC, years: 70 }));
    expect(ranked[0]!.lengths.tickMs).toBe(1);
    const coarse = ranked.find(({ lengths }) => lengths.tickMs === 10);
    expect(coarse!.wins).toEqual([{ kind: "tick", times: 1.6 }]);
  });

  it("puts forward only what meets every requirement, and breaks where it says", () => {
    fc.assert(
      fc.property(anyRequirements, (requirements) => {
        const choices = chooseLayout(requirements);
        fc.pre(choices.kind === "some");
        for (const { lengths, breaks } of some(choices).ranked) {
          expect(meets(lengths, requirements)).toBe(true);
          expect(breaks.factor).toBeGreaterThanOrEqual(1);
          expect(meets(lengths, grown(requirements, breaks, 0.999))).toBe(true);
          expect(meets(lengths, grown(requirements, breaks, 1.001))).toBe(false);
        }
      }),
      { numRuns: 4 },
    );
  });

  it("says what is unmet, and by how much, where nothing fits", () => {
    const choices = chooseLayout({ ...CLASSIC, years: 1000, machines: 10_000, idsPerSecond: 1e12 });
    expect(choices.kind).toBe("none");
    const misses = choices.kind === "none" ? choices.misses : [];
    expect(misses.length).toBeGreaterThan(2);
    for (const { lengths, unmet } of misses) {
      const { timestampBits, datacenterBits, machineBits, sequenceBits, tickMs } = lengths;
      const layout = defineLayout({ timestampBits, datacenterBits, machineBits, sequenceBits, tickMs });
      expect(unmet.length).toBeGreaterThan(0);
      for (const { requirement, limit } of unmet) {
        if (requirement === "years") expect(limit).toBeCloseTo(lifetimeYears(layout), 9);
        if (requirement === "machines") expect(limit).toBe(layout.machinesPerDatacenter);
      }
    }
    // No two give up the same.
    const sacrifices = misses.map(({ unmet }) => unmet.map(({ requirement }) => requirement).join());
    expect(new Set(sacrifices).size).toBe(sacrifices.length);
  });

  it.each([
    ["idsPerSecond", -1],
    ["idsPerSecond", 0],
    ["idsPerSecond", Number.NaN],
    ["idsPerSecond", "10"],
    ["years", 0],
    ["years", Number.POSITIVE_INFINITY],
    ["datacenters", 0],
    ["machines", 1.5],
    ["maxWaitP99Ms", -1],
    ["maxWaitP99Ms", "5"],
    ["ticksMs", []],
    ["ticksMs", 1],
    ["ticksMs", [0]],
    ["ticksMs", [1.5]],
    ["mostBits", 64],
    ["epochMs", 1e17],
  ])("refuses %s of %j", (name, value) => {
    expect(() => chooseLayout({ ...CLASSIC, [name]: value })).toThrow(
      expect.objectContaining({
        code: "OPTION_INVALID",
        message: expect.stringMatching(`^Expected \`${name}\` to be .*, got`),
      }),
    );
  });
});

const anyRequirements: fc.Arbitrary<Requirements> = fc
  .record({
    idsPerSecond: fc.double({ min: 0.1, max: 1e9, noNaN: true }),
    years: fc.double({ min: 0.1, max: 300, noNaN: true }),
    datacenters: fc.integer({ min: 1, max: 100 }),
    machines: fc.integer({ min: 1, max: 3000 }),
    maxWaitP99Ms: fc.constantFrom(0, 1, 10),
    ticksMs: fc.constantFrom([1], [1, 10], [10, 1000]),
    mostBits: fc.constantFrom(53 as const, 63 as const),
  })
  .map((requirements) => ({ ...requirements, epochMs: CLASSIC.epochMs }));

function some(choices: Choices): Extract<Choices, { kind: "some" }> & { readonly ranked: readonly Choice[] } {
  if (choices.kind === "some") return choices;
  throw new Error("nothing fits");
}

/** Everything grows at the same rate; what cannot be told from a whole number counts as one. */
function grown(requirements: Requirements, { requirement, factor }: Headroom, share: number): Requirements {
  const times = factor * share;
  if (requirement === "load") return { ...requirements, idsPerSecond: requirements.idsPerSecond * times };
  if (requirement === "years") return { ...requirements, years: requirements.years * times };
  const asked = requirements[requirement];
  const whole = share < 1 ? Math.ceil(asked * factor - 1.001) : Math.round(asked * factor);
  // More machine IDs share the load, so the load of each is kept.
  return { ...requirements, [requirement]: whole, idsPerSecond: (requirements.idsPerSecond * whole) / asked };
}

function meets(lengths: SectionLengths, requirements: Requirements): boolean {
  const { datacenters, machines, idsPerSecond, years, maxWaitP99Ms } = requirements;
  const { datacenterBits, machineBits, sequenceBits, tickMs } = lengths;
  const wait = waitOf((idsPerSecond * tickMs) / 1000 / datacenters / machines, 2 ** sequenceBits);
  const hasMachines =
    datacenters === 1
      ? 2 ** (datacenterBits + machineBits) >= machines
      : 2 ** datacenterBits >= datacenters && 2 ** machineBits >= machines;
  return (
    hasMachines &&
    lifetimeYears(lengths) >= years &&
    wait.kind === "stable" &&
    wait.p99Ticks <= Math.floor(maxWaitP99Ms / tickMs)
  );
}
