import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { writeByVectors } from "../../src/ascending/ascending.js";
import { writePlainly } from "../../src/ascending/plain.js";
import { openVectors } from "../../src/ascending/vectors.js";

const vectors = openVectors()!;
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
          writeByVectors(vectors, byVectors!, start, end, high, low);
          writePlainly(plainly!, start, end, high, low);
          expect(Buffer.from(byVectors!.slice().buffer).equals(Buffer.from(plainly!.slice().buffer))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ["there is no WebAssembly", undefined],
    ["a policy forbids it", { Module: refuse }],
    ["memory is short", { Module: class {}, Instance: refuse }],
  ])("are written by the plain loop where %s", async (_, stub) => {
    vi.stubGlobal("WebAssembly", stub);
    const { writeAscending } = await import("../../src/ascending/ascending.js");
    const ids = new BigUint64Array(3000);
    writeAscending(new Uint32Array(ids.buffer), 2, 6000, 5, 7);
    expect([...ids]).toEqual([0n, ...Array.from({ length: 2999 }, (_, i) => (5n << 32n) + 7n + BigInt(i))]);
    expect((await import("../../src/ascending/vectors.js")).openVectors()).toBeUndefined();
  });

  it("are written without WebAssembly while they are few", async () => {
    const module = vi.fn(refuse);
    vi.stubGlobal("WebAssembly", { Module: module });
    const { writeAscending } = await import("../../src/ascending/ascending.js");
    for (let i = 0; i < 3; i++) writeAscending(new Uint32Array(1000), 0, 1000, 5, 7);
    expect(module).not.toHaveBeenCalled();
    for (let i = 0; i < 3; i++) writeAscending(new Uint32Array(6000), 0, 6000, 5, 7);
    expect(module).toHaveBeenCalledTimes(1);
  });
});

function refuse(): never {
  throw new Error("refused");
}
