import { compose, decompose, defineLayout, type Layout } from "@shardflake/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { tellBatch } from "../../src/pool-world/batch.js";

const layouts = fc
  .record({
    timestampBits: fc.integer({ min: 20, max: 40 }),
    datacenterBits: fc.integer({ min: 0, max: 4 }),
    machineBits: fc.integer({ min: 0, max: 4 }),
    sequenceBits: fc.constantFrom(0, 1, 5, 12, 15),
  })
  .map((sections) => defineLayout({ epoch: 0, ...sections }));

/** Runs of a layout, in the order in which a batch has them. */
function idsOf(layout: Layout, seeds: readonly (readonly [number, number, number, number])[]): bigint[] {
  const ids = seeds.flatMap(([tick, machine, sequence, count]) => {
    const first = sequence % layout.idsPerTick;
    return Array.from({ length: Math.min(count, layout.idsPerTick - first) }, (_, i) =>
      compose(layout, {
        tick: 1 + (tick % layout.maxTick),
        datacenterId: machine % layout.datacenters,
        machineId: machine % layout.machinesPerDatacenter,
        sequence: first + i,
      }),
    );
  });
  return [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1));
}

it("tells every ID of a batch once, in order, each of the machine ID and tick that it carries", () => {
  const seed = fc.tuple(fc.nat(), fc.nat(15), fc.nat(40_000), fc.integer({ min: 1, max: 40 }));
  fc.assert(
    fc.property(layouts, fc.array(seed, { maxLength: 20 }), (layout, seeds) => {
      const ids = idsOf(layout, seeds);
      const asked: [number, number][] = [];
      const holdings = {
        issuerOf(machine: number, tick: number) {
          asked.push([machine, tick]);
          return { number: asked.length - 1 };
        },
      };
      const told: bigint[] = [];
      const observer = {
        issued(holding: number, from: number, to: number, errorMs: number, high: number, low: number, count: number) {
          expect([from, to, errorMs]).toEqual([5, 7, 3]);
          for (let i = 0n; i < count; i++) {
            const id = (BigInt(high) << 32n) + BigInt(low) + i;
            const { datacenterId, machineId, tick } = decompose(layout, id);
            expect(asked[holding]).toEqual([datacenterId * layout.machinesPerDatacenter + machineId, tick]);
            told.push(id);
          }
        },
      };
      const times = { requestedMs: 5, completedMs: 7 };
      tellBatch(new BigUint64Array(ids), times, layout, holdings as never, () => 3, observer as never);
      expect(told).toEqual(ids);
    }),
    { numRuns: 200 },
  );
});
