import fc from "fast-check";
import { defineLayout, type IdSections, type Layout } from "../src/index.js";

/** Any layout at all, the extreme section lengths included. */
export const anyLayout: fc.Arbitrary<Layout> = fc
  .record({
    timestampBits: fc.integer({ min: 1, max: 53 }),
    datacenterBits: fc.integer({ min: 0, max: 16 }),
    machineBits: fc.integer({ min: 0, max: 16 }),
    sequenceBits: fc.integer({ min: 0, max: 32 }),
    epoch: fc.integer({ min: -4_000_000_000_000, max: 4_000_000_000_000 }),
    tickMs: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 100_000 })),
  })
  .filter((options) => {
    const { timestampBits, datacenterBits, machineBits, sequenceBits, epoch, tickMs } = options;
    const fits = timestampBits + datacenterBits + machineBits + sequenceBits <= 63;
    return fits && epoch + 2 ** timestampBits * tickMs <= Number.MAX_SAFE_INTEGER;
  })
  .map(defineLayout);

/** Sections that fit a layout, its smallest and largest ones often. */
export function sectionsOf(layout: Layout): fc.Arbitrary<IdSections> {
  return fc.record({
    tick: fc.maxSafeInteger().map((n) => Math.abs(n) % (layout.maxTick + 1)),
    datacenterId: fc.integer({ min: 0, max: layout.datacenters - 1 }),
    machineId: fc.integer({ min: 0, max: layout.machinesPerDatacenter - 1 }),
    sequence: fc.integer({ min: 0, max: layout.idsPerTick - 1 }),
  });
}

/** A layout and sections that fit it. */
export const layoutAndSections: fc.Arbitrary<[Layout, IdSections]> = anyLayout.chain((layout) =>
  fc.tuple(fc.constant(layout), sectionsOf(layout)),
);
