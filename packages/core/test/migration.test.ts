import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compose, decompose, defineLayout, type Layout, LayoutError, presets, ShardflakeError } from "../src/index.js";
import { checkMigration, type MigrationPeriod, orderedSwitches } from "../src/migration.js";
import { anyLayout } from "./layouts.js";

const lifetime: MigrationPeriod = { kind: "lifetime" };
const at = (atMs: number, skewMs = 0): MigrationPeriod => ({ kind: "switch", atMs, skewMs });

/** So few bits that every ID can be listed. */
const tiny: fc.Arbitrary<Layout> = fc
  .record({
    timestampBits: fc.integer({ min: 1, max: 5 }),
    machineBits: fc.integer({ min: 0, max: 2 }),
    sequenceBits: fc.integer({ min: 0, max: 3 }),
    epoch: fc.integer({ min: -20, max: 20 }),
    tickMs: fc.integer({ min: 1, max: 4 }),
  })
  .map((options) => defineLayout({ ...options, datacenterBits: 0 }));

/** Every ID a layout makes when its clock reads a millisecond of `[fromMs, toMs)`, put together one by one. */
function idsMade(layout: Layout, fromMs: number, toMs: number): Set<bigint> {
  const ids = new Set<bigint>();
  for (let ms = Math.max(fromMs, layout.epochMs); ms < Math.min(toMs, layout.lifetimeEndMs); ms++) {
    const tick = Math.floor((ms - layout.epochMs) / layout.tickMs);
    for (let machineId = 0; tick > 0 && machineId < layout.machines; machineId++) {
      for (let sequence = 0; sequence < layout.idsPerTick; sequence++) {
        ids.add(compose(layout, { tick, datacenterId: 0, machineId, sequence }));
      }
    }
  }
  return ids;
}

/** The verdict by listing both sets; undefined where one is empty. */
function listed(from: Set<bigint>, to: Set<bigint>): string | undefined {
  if (from.size === 0 || to.size === 0) return undefined;
  if ([...from].some((id) => to.has(id))) return "colliding";
  const largestOf = (ids: Set<bigint>): bigint => [...ids].reduce((a, b) => (a > b ? a : b));
  const smallestOf = (ids: Set<bigint>): bigint => [...ids].reduce((a, b) => (a < b ? a : b));
  if (largestOf(from) < smallestOf(to)) return "ordered";
  return largestOf(to) < smallestOf(from) ? "reversed" : "mixed";
}

describe("checkMigration", () => {
  it("agrees with listing every ID of both layouts, whatever the switch and the skew", () => {
    const seen = new Set<string>();
    const switches = fc.tuple(tiny, tiny, fc.integer({ min: -30, max: 120 }), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(switches, ([from, to, atMs, skewMs]) => {
        const expected = listed(idsMade(from, -100, atMs + skewMs), idsMade(to, atMs - skewMs, 1000));
        fc.pre(expected !== undefined);
        const verdict = checkMigration(from, to, at(atMs, skewMs));
        expect(verdict.kind).toBe(expected);
        seen.add(verdict.kind);
      }),
      { numRuns: 300 },
    );
    expect([...seen].sort()).toEqual(["colliding", "ordered", "reversed"]);
  });

  it("shows an ID that both layouts make, with the sections it has in each", () => {
    const verdict = checkMigration(presets.twitter, presets.shardflake, lifetime);
    expect(verdict).toMatchObject({ kind: "colliding", id: 4194304n });
    fc.assert(
      fc.property(anyLayout, anyLayout, (from, to) => {
        const verdict = checkMigration(from, to, lifetime);
        if (verdict.kind !== "colliding") return;
        expect(verdict.asFrom).toEqual(decompose(from, verdict.id));
        expect(verdict.asTo).toEqual(decompose(to, verdict.id));
        expect(Math.min(verdict.asFrom.tick, verdict.asTo.tick)).toBeGreaterThan(0);
      }),
    );
  });

  it("calls the same layout ordered at a switch only while no clock is wrong", () => {
    const now = Date.UTC(2026, 0, 1);
    expect(checkMigration(presets.twitter, presets.twitter, at(now)).kind).toBe("ordered");
    expect(checkMigration(presets.twitter, presets.twitter, at(now, 1)).kind).toBe("colliding");
  });

  it("refuses a switch at which one layout makes nothing, and times that are not whole", () => {
    const later = defineLayout({ epoch: "2030-01-01" });
    expect(() => checkMigration(later, presets.twitter, at(Date.UTC(2026, 0)))).toThrow(LayoutError);
    const short = defineLayout({ timestampBits: 10 });
    expect(() => checkMigration(presets.twitter, short, at(Date.UTC(2026, 0)))).toThrow(LayoutError);
    for (const wrong of [Number.NaN, 0.5, Number.POSITIVE_INFINITY]) {
      expect(() => checkMigration(short, short, at(wrong))).toThrow(ShardflakeError);
      expect(() => checkMigration(short, short, at(0, wrong))).toThrow(ShardflakeError);
      expect(() => orderedSwitches(short, short, wrong)).toThrow(ShardflakeError);
    }
    expect(() => checkMigration(short, short, at(Date.UTC(2020, 0, 1) + 5, -1))).toThrow(ShardflakeError);
  });
});

describe("orderedSwitches", () => {
  it("holds only ordered switches, and with ticks of 1 ms all of them within both lifetimes", () => {
    let spans = 0;
    fc.assert(
      fc.property(tiny, tiny, fc.integer({ min: 0, max: 3 }), (from, to, skewMs) => {
        const span = orderedSwitches(from, to, skewMs);
        if (span !== undefined) spans++;
        const areExact = from.tickMs === 1 && to.tickMs === 1;
        const begin = Math.max(from.epochMs + from.tickMs + 1 - skewMs, to.epochMs + to.tickMs + skewMs);
        for (let ms = begin; ms < Math.min(to.lifetimeEndMs, from.lifetimeEndMs - skewMs); ms++) {
          const isInside = span !== undefined && ms >= span.earliestMs && ms <= span.latestMs;
          if (!isInside && !areExact) continue;
          expect(checkMigration(from, to, at(ms, skewMs)).kind === "ordered").toBe(isInside);
        }
      }),
      { numRuns: 300 },
    );
    expect(spans).toBeGreaterThan(20);
  });

  it("knows when 53 bits may become 63, and that the way back is shut from the same moment on", () => {
    const opens = orderedSwitches(presets["js-safe"], presets.shardflake, 0);
    expect(opens?.earliestMs).toBe(presets.shardflake.epochMs + 2);
    expect(orderedSwitches(presets.shardflake, presets["js-safe"], 0)).toBeUndefined();
  });
});
