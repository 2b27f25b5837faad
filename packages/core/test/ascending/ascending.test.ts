import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { idArray, writeInPlace } from "../../src/ascending/id-array.js";
import { writePlainly } from "../../src/ascending/plain.js";
import { openScratch } from "../../src/ascending/scratch.js";

const scratch = openScratch()!;
const UNTOUCHED = 0xa5a5a5a5;

/** Arrays of every kind a caller may have, of `length` halves. */
const KINDS: readonly ((length: number) => Uint32Array)[] = [
  (length) => new Uint32Array(length),
  (length) => new Uint32Array(new ArrayBuffer(length * 4 + 64), 40, length),
  (length) => new Uint32Array(new SharedArrayBuffer(length * 4)),
];

/** Counts around the borders of a line, of the scratch, and of several scratches. */
const anyCount = fc.oneof(
  fc.nat(40),
  fc.tuple(fc.constantFrom(1280, 2560, 3840), fc.integer({ min: -9, max: 9 })).map(([ids, more]) => ids + more),
);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe("ascending IDs", () => {
  it("are the same by vectors as by the plain loop, in any part of any array, and nothing beside them is touched", () => {
    const anyLow = fc.oneof(fc.nat(2 ** 32 - 1), fc.constantFrom(0, 2 ** 31 - 700, 2 ** 31, 2 ** 32 - 1280));
    const anyHigh = fc.oneof(fc.nat(2 ** 31 - 1), fc.constantFrom(0, 2 ** 31 - 1));
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        fc.nat(9),
        anyCount,
        anyHigh,
        anyLow,
        (kind, before, wanted, high, low) => {
          const count = Math.min(wanted, 2 ** 32 - low);
          const [byVectors, plainly] = [kind, kind].map((array) => array((before + count + 5) * 2).fill(UNTOUCHED));
          const [start, end] = [before * 2, (before + count) * 2];
          scratch.write(byVectors!, start, end, high, low);
          writePlainly(plainly!, start, end, high, low);
          expect(Buffer.from(byVectors!.slice().buffer).equals(Buffer.from(plainly!.slice().buffer))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are the same in place as by the plain loop, in any part of an array, and nothing beside them is touched", () => {
    const LENGTH = 9000;
    const array = new Uint32Array(idArray(LENGTH).buffer, 0, LENGTH * 2);
    const plain = new Uint32Array(LENGTH * 2);
    fc.assert(
      fc.property(
        fc.nat(LENGTH - 600),
        fc.oneof(fc.integer({ min: 16, max: 40 }), fc.integer({ min: 500, max: 600 })),
        fc.nat(2 ** 31 - 1),
        fc.nat(2 ** 32 - 601),
        (first, count, high, low) => {
          array.fill(UNTOUCHED);
          plain.fill(UNTOUCHED);
          // A view that begins inside the array, too.
          const part = array.subarray(first - (first % 3), LENGTH * 2);
          const start = first * 2 - (first - (first % 3));
          expect(writeInPlace(part, start, start + count * 2, high, low)).toBe(true);
          writePlainly(plain, first * 2, (first + count) * 2, high, low);
          expect(Buffer.from(array.slice().buffer).equals(Buffer.from(plain.slice().buffer))).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("are not written in place into other memory, nor where they are less than a line", () => {
    expect(writeInPlace(new Uint32Array(9000), 0, 9000, 5, 7)).toBe(false);
    const ids = idArray(5000);
    expect(writeInPlace(new Uint32Array(ids.buffer), 2, 30, 5, 7)).toBe(false);
    expect(ids.every((id) => id === 0n)).toBe(true);
  });

  it.each([
    ["there is no WebAssembly", undefined],
    ["a policy forbids it", { Memory: class {}, Module: refuse }],
    ["memory is short", { Memory: refuse, Module: refuse }],
  ])("are written by the plain loop where %s", async (_, stub) => {
    vi.stubGlobal("WebAssembly", stub);
    const { writeAscending } = await import("../../src/ascending/ascending.js");
    const ids = new BigUint64Array(3000);
    writeAscending(new Uint32Array(ids.buffer), 2, 6000, 5, 7);
    expect([...ids]).toEqual([0n, ...Array.from({ length: 2999 }, (_, i) => (5n << 32n) + 7n + BigInt(i))]);
    const { idArray: plainArray } = await import("../../src/ascending/id-array.js");
    expect(plainArray(5000)).toEqual(new BigUint64Array(5000));
  });

  it("are written without WebAssembly while they are few", async () => {
    const memory = vi.fn(refuse);
    vi.stubGlobal("WebAssembly", { Memory: memory, Module: refuse });
    const { writeAscending } = await import("../../src/ascending/ascending.js");
    for (let i = 0; i < 3; i++) writeAscending(new Uint32Array(1000), 0, 1000, 5, 7);
    expect(memory).not.toHaveBeenCalled();
    for (let i = 0; i < 3; i++) writeAscending(new Uint32Array(6000), 0, 6000, 5, 7);
    expect(memory).toHaveBeenCalledTimes(1);
  });
});

function refuse(): never {
  throw new Error("refused");
}
