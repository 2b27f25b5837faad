import { afterEach, describe, expect, it, vi } from "vitest";
import { createGenerator, defineLayout, idArray } from "../../src/index.js";

const layout = defineLayout({
  timestampBits: 31,
  datacenterBits: 0,
  machineBits: 0,
  sequenceBits: 32,
  tickMs: 250,
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("an array for IDs", () => {
  it("is written without a copy, where another is copied into", () => {
    const generator = createGenerator({ layout, datacenterId: 0, machineId: 0 });
    const copies = vi.spyOn(Object.getPrototypeOf(Uint32Array.prototype) as Uint32Array, "set");
    generator.fill(idArray(10_000));
    expect(copies).not.toHaveBeenCalled();
    generator.fill(new BigUint64Array(10_000));
    expect(copies).toHaveBeenCalled();
  });

  it.each([0, 1, 4095, 4096, 8191, 8192, 20_000])(
    "of %d holds as many zeros, and fill writes all of them",
    (length) => {
      const ids = idArray(length);
      expect(ids).toEqual(new BigUint64Array(length));
      createGenerator({ layout, datacenterId: 0, machineId: 0 }).fill(ids);
      expect(ids.every((id, index) => index === 0 || id > ids[index - 1]!)).toBe(true);
    },
  );

  it("is filled again and again, whole and in part, beside arrays of other memory", () => {
    const generator = createGenerator({ layout, datacenterId: 0, machineId: 0 });
    const [ids, other] = [idArray(10_000), new BigUint64Array(10_000)];
    for (const view of [ids, other, ids.subarray(3, 7003), ids]) {
      const before = view[view.length - 1]!;
      generator.fill(view);
      expect(view[0]).toBeGreaterThan(before);
      expect(view.every((id, index) => index === 0 || id > view[index - 1]!)).toBe(true);
    }
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 53, "5" as unknown as number])("of %s is refused", (length) => {
    expect(() => idArray(length)).toThrowError(expect.objectContaining({ code: "COUNT_INVALID" }));
  });
});
