import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compose, defineLayout, type IdSections, idWriter, type Layout, LOW_HALF } from "../src/index.js";
import { layoutAndSections } from "./layouts.js";

/** Layouts at the borders of Number arithmetic, with their largest and some middle sections. */
const extremes: readonly [Layout, IdSections][] = [
  { timestampBits: 53, datacenterBits: 5, machineBits: 5, sequenceBits: 0 },
  { timestampBits: 53, datacenterBits: 0, machineBits: 0, sequenceBits: 10 },
  { timestampBits: 31, datacenterBits: 0, machineBits: 0, sequenceBits: 32 },
  { timestampBits: 15, datacenterBits: 16, machineBits: 0, sequenceBits: 32 },
  { timestampBits: 1, datacenterBits: 16, machineBits: 16, sequenceBits: 30 },
  { timestampBits: 31, datacenterBits: 16, machineBits: 16, sequenceBits: 0 },
  { timestampBits: 1, datacenterBits: 0, machineBits: 0, sequenceBits: 0 },
].flatMap((options) => {
  const layout = defineLayout({ ...options, epoch: -1 });
  const { maxTick, datacenters, machinesPerDatacenter, idsPerTick } = layout;
  const part = (divisor: number): IdSections => ({
    tick: Math.floor(maxTick / divisor),
    datacenterId: Math.floor((datacenters - 1) / divisor),
    machineId: Math.floor((machinesPerDatacenter - 1) / divisor),
    sequence: Math.floor((idsPerTick - 1) / divisor),
  });
  return [1, 2, 3].map((divisor): [Layout, IdSections] => [layout, part(divisor)]);
});

const anySections = fc.oneof({ weight: 3, arbitrary: layoutAndSections }, fc.constantFrom(...extremes));

describe("idWriter", () => {
  it("composes the base of a tick from two exact halves", () => {
    fc.assert(
      fc.property(anySections, ([layout, sections]) => {
        const { high, low } = idWriter(layout, sections.datacenterId, sections.machineId).base(sections.tick);
        expect((BigInt(high) << 32n) | BigInt(low)).toBe(compose(layout, { ...sections, sequence: 0 }));
      }),
      { numRuns: 2000 },
    );
  });

  it("writes what compose composes, and nothing beside it", () => {
    fc.assert(
      fc.property(anySections, fc.nat(40), fc.nat(5), ([layout, sections], wanted, offset) => {
        const { tick, datacenterId, machineId, sequence } = sections;
        const count = Math.min(wanted, layout.idsPerTick - sequence);
        const ids = new BigUint64Array(offset + count + 3).fill(7n);
        idWriter(layout, datacenterId, machineId).write(new Uint32Array(ids.buffer), offset, { tick, sequence, count });
        const expected = Array.from(ids, (_, i) =>
          i < offset || i >= offset + count ? 7n : compose(layout, { ...sections, sequence: sequence + i - offset }),
        );
        expect([...ids]).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([2 ** 31 - 3, 2 ** 32 - 6])("writes the six IDs from sequence %d of a 32-bit section", (sequence) => {
    const layout = defineLayout({ timestampBits: 29, datacenterBits: 1, machineBits: 1, sequenceBits: 32, epoch: 0 });
    const sections = { tick: layout.maxTick, datacenterId: 1, machineId: 0, sequence };
    const ids = new BigUint64Array(6);
    idWriter(layout, 1, 0).write(new Uint32Array(ids.buffer), 0, { ...sections, count: 6 });
    expect([...ids]).toEqual(Array.from(ids, (_, i) => compose(layout, { ...sections, sequence: sequence + i })));
  });

  it("knows which half of a native 64-bit integer is the low one", () => {
    expect(new Uint32Array(new BigUint64Array([5n]).buffer)[LOW_HALF]).toBe(5);
  });

  it.each([-1, 0.5, 32, Number.NaN, "1", undefined])("refuses a machine ID or datacenter ID of %s", (id) => {
    const refusal = expect.objectContaining({ code: "SECTION_OUT_OF_RANGE" });
    expect(() => idWriter(defineLayout(), id as number, 0)).toThrow(refusal);
    expect(() => idWriter(defineLayout(), 0, id as number)).toThrow(refusal);
  });
});
