import { compose, defineLayout, type Layout } from "@shardflake/core";
import fc from "fast-check";

/** Any layout, with the corners that shifts by 32 get wrong. */
const anyLayout: fc.Arbitrary<Layout> = fc
  .record({
    timestampBits: fc.integer({ min: 1, max: 53 }),
    datacenterBits: fc.constantFrom(0, 1, 5, 16),
    machineBits: fc.constantFrom(0, 1, 5, 16),
    sequenceBits: fc.constantFrom(0, 1, 2, 12, 16, 31, 32),
    tickMs: fc.constantFrom(1, 10),
  })
  .filter((bits) => bits.timestampBits + bits.datacenterBits + bits.machineBits + bits.sequenceBits <= 63)
  .filter((bits) => bits.tickMs === 1 || bits.timestampBits < 48)
  .map((bits) => defineLayout({ ...bits, epoch: -1 }));

/** A layout, and a stream of its IDs: runs of few ticks and machine IDs, some backwards, some again, some negative. */
export const anyStream: fc.Arbitrary<{ layout: Layout; ids: bigint[] }> = anyLayout.chain((layout) => {
  const near = (most: number): fc.Arbitrary<number> =>
    fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: Math.min(most, 3) }) },
      { weight: 1, arbitrary: fc.integer({ min: Math.max(0, most - 3), max: most }) },
    );
  const run = fc.record({
    tick: near(layout.maxTick),
    datacenterId: near(layout.datacenters - 1),
    machineId: near(layout.machinesPerDatacenter - 1),
    sequence: near(layout.idsPerTick - 1),
    length: fc.integer({ min: 1, max: 6 }),
    sign: fc.integer({ min: 0, max: 19 }).map((value) => (value === 0 ? 1n << 63n : 0n)),
  });
  const stream = fc.array(run, { maxLength: 60 }).chain((runs) => fc.constantFrom(runs, [...runs].sort(byTick)));
  return stream.map((runs) => ({
    layout,
    ids: runs.flatMap(({ length, sign, ...sections }) =>
      Array.from({ length }, (_, index) => Math.min(sections.sequence + index, layout.idsPerTick - 1)).map(
        (sequence) => sign | compose(layout, { ...sections, sequence }),
      ),
    ),
  }));
});

/**
 * Machine IDs that take turns and ascend, but for an ID again or left out now and then; the higher ones may be a tick late.
 * Ticks come that differ in the high half alone.
 */
export const anyTurns: fc.Arbitrary<{ layout: Layout; ids: bigint[] }> = fc
  .record({ sequenceBits: fc.constantFrom(1, 2, 2, 2, 3, 12, 29, 30), lateTicks: fc.constantFrom(0, 1) })
  .chain(({ sequenceBits, lateTicks }) => {
    const bits = { timestampBits: 30, datacenterBits: 0, machineBits: 2, sequenceBits };
    const layout = defineLayout({ ...bits, epoch: -1 });
    const turn = fc.record({
      machineId: fc.integer({ min: 0, max: 3 }),
      steps: fc.constantFrom(1, 1, 1, 1, 1, 1, 2, 3, 0),
      ticks: fc.constantFrom(...Array.from({ length: 24 }, () => 0), 1, 2 ** (30 - sequenceBits)),
    });
    return fc.array(turn, { maxLength: 150, size: "max" }).map((turns) => {
      const sequences = new Map<string, number>();
      let latest = 1;
      const ids = turns.map(({ machineId, steps, ticks }) => {
        latest = Math.min(latest + ticks, layout.maxTick);
        const tick = latest - (machineId < 2 ? 0 : lateTicks);
        const key = `${tick}/${machineId}`;
        const sequence = Math.min(Math.max((sequences.get(key) ?? -1) + steps, 0), layout.idsPerTick - 1);
        sequences.set(key, sequence);
        return compose(layout, { tick, datacenterId: 0, machineId, sequence });
      });
      return { layout, ids };
    });
  });

function byTick(a: { tick: number; sequence: number }, b: { tick: number; sequence: number }): number {
  return a.tick - b.tick || a.sequence - b.sequence;
}

/** Cuts bytes at any places. */
export function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [0, ...at.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place));
}
