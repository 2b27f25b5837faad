import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { machinesNeeded, type Spread, type SpreadRun, spreadRuns } from "../../src/backfill/spread.js";

const spreads = (mostTicks: number, mostTotal: number): fc.Arbitrary<Spread> =>
  fc
    .record({
      fromTick: fc.nat(2 ** 40),
      ticks: fc.integer({ min: 1, max: mostTicks }),
      total: fc.integer({ min: 1, max: mostTotal }),
      idsPerTick: fc.nat(6).map((bits) => 2 ** bits),
    })
    .map(({ fromTick, ticks, total, idsPerTick }) => ({ fromTick, toTick: fromTick + ticks, total, idsPerTick }));

const smallSpread = fc.oneof(spreads(20, 500), spreads(500, 20), spreads(300, 300));
/** As large as a period of 30 years in milliseconds and a table of a hundred million rows. */
const hugeSpread = spreads(1e12, 1e8);

/** One entry per ID. */
function idsOf(runs: Iterable<SpreadRun>): { tick: number; machine: number; sequence: number }[] {
  return [...runs].flatMap(({ tick, machine, sequence, count }) =>
    Array.from({ length: count }, (_, i) => ({ tick, machine, sequence: sequence + i })),
  );
}

/** floor(i × T / total), exactly. */
function tickOf({ fromTick, toTick, total }: Spread, i: number): number {
  return fromTick + Number((BigInt(i) * BigInt(toTick - fromTick)) / BigInt(total));
}

/** The place of ID i among those of its tick, counted from the smallest ID with the same quotient. */
function placeInTick(spread: Spread, i: number): number {
  const ticks = BigInt(spread.toTick - spread.fromTick);
  const quotient = BigInt(tickOf(spread, i) - spread.fromTick);
  return i - Number((quotient * BigInt(spread.total) + ticks - 1n) / ticks);
}

function expectedIds(spread: Spread, first: number, count: number): ReturnType<typeof idsOf> {
  return Array.from({ length: count }, (_, n) => {
    const place = placeInTick(spread, first + n);
    return {
      tick: tickOf(spread, first + n),
      machine: Math.floor(place / spread.idsPerTick),
      sequence: place % spread.idsPerTick,
    };
  });
}

describe("spreadRuns", () => {
  it("puts ID i at floor(i × T / total), every tick's IDs numbered from 0", () => {
    fc.assert(
      fc.property(smallSpread, (spread) => {
        const ids = idsOf(spreadRuns(spread, 0, spread.total));
        expect(ids).toEqual(expectedIds(spread, 0, spread.total));
        for (const [i, { tick, machine, sequence }] of ids.entries()) {
          if (tick < spread.fromTick || tick >= spread.toTick) expect.fail(`tick ${tick} outside the period`);
          const before = ids[i - 1];
          if (before?.tick !== tick) expect([machine, sequence]).toEqual([0, 0]);
          else
            expect(machine * spread.idsPerTick + sequence).toBe(
              before.machine * spread.idsPerTick + before.sequence + 1,
            );
        }
      }),
      { numRuns: 500 },
    );
  });

  it("gives the whole when its parts are put together, wherever it was cut", () => {
    fc.assert(
      fc.property(smallSpread, fc.array(fc.nat(), { maxLength: 8 }), (spread, cuts) => {
        const borders = [0, ...cuts.map((cut) => cut % (spread.total + 1)), spread.total].sort((a, b) => a - b);
        const parts = borders.slice(1).flatMap((end, i) => idsOf(spreadRuns(spread, borders[i]!, end - borders[i]!)));
        expect(parts).toEqual(idsOf(spreadRuns(spread, 0, spread.total)));
      }),
      { numRuns: 500 },
    );
  });

  it("is as exact for a hundred million IDs over 10^12 ticks", () => {
    fc.assert(
      fc.property(hugeSpread, fc.nat(), fc.nat(50), (spread, from, wanted) => {
        const first = from % (spread.total + 1);
        const count = Math.min(wanted, spread.total - first);
        expect(idsOf(spreadRuns(spread, first, count))).toEqual(expectedIds(spread, first, count));
      }),
      { numRuns: 500 },
    );
  });

  it("gives ascending runs, none empty and none longer than a tick of one machine ID", () => {
    fc.assert(
      fc.property(smallSpread, (spread) => {
        let previous = -1;
        for (const { tick, machine, sequence, count } of spreadRuns(spread, 0, spread.total)) {
          const place = ((tick - spread.fromTick) * 1000 + machine) * spread.idsPerTick + sequence;
          if (place <= previous || count < 1 || sequence + count > spread.idsPerTick) expect.fail(`run at ${tick}`);
          previous = place;
        }
      }),
      { numRuns: 300 },
    );
  });

  it("gives no runs for no IDs", () => {
    const period = { fromTick: 5, toTick: 9, idsPerTick: 4 };
    expect([...spreadRuns({ ...period, total: 3 }, 3, 0)]).toEqual([]);
    expect([...spreadRuns({ ...period, total: 0 }, 0, 0)]).toEqual([]);
  });
});

describe("machinesNeeded", () => {
  it("is the number of machine IDs that the fullest tick uses, no more and no fewer", () => {
    fc.assert(
      fc.property(smallSpread, (spread) => {
        const used = idsOf(spreadRuns(spread, 0, spread.total)).map(({ machine }) => machine);
        expect(machinesNeeded(spread)).toBe(1 + Math.max(...used));
      }),
      { numRuns: 500 },
    );
  });

  it("is exact for huge spreads too", () => {
    fc.assert(
      fc.property(hugeSpread, (spread) => {
        const ticks = BigInt(spread.toTick - spread.fromTick);
        const fullest = (BigInt(spread.total) + ticks - 1n) / ticks;
        const perTick = BigInt(spread.idsPerTick);
        expect(machinesNeeded(spread)).toBe(Number((fullest + perTick - 1n) / perTick));
      }),
    );
  });

  it("is 0 for no IDs", () => {
    expect(machinesNeeded({ fromTick: 5, toTick: 9, total: 0, idsPerTick: 4 })).toBe(0);
  });
});
