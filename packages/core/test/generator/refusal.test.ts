import { describe, expect, it } from "vitest";
import { type Clock, createGenerator, defineLayout, fixedWindow, type GeneratorOptions } from "../../src/index.js";

const layout = defineLayout({ timestampBits: 20, datacenterBits: 2, machineBits: 2, sequenceBits: 1, epoch: 0 });
const standing: Clock = { now: () => 1000, monotonic: () => 0, sleep: () => {} };
const generator = (options: Partial<GeneratorOptions> = {}) =>
  createGenerator({ layout, datacenterId: 1, machineId: 2, clock: standing, maxWaitMs: 5, ...options });
const withCode = (code: string) => expect.objectContaining({ code });

describe("a generator on a clock that stands still, monotonic time too", () => {
  it("ends every wait for the next tick with CLOCK_BEHIND", async () => {
    const stuck = generator({ delay: async () => {} });
    stuck.next();
    stuck.next();
    expect(() => stuck.next()).toThrow(withCode("CLOCK_BEHIND"));
    await expect(stuck.nextAsync()).rejects.toThrow(withCode("CLOCK_BEHIND"));
    expect(() => stuck.fill(new BigUint64Array(1))).toThrow(withCode("CLOCK_BEHIND"));
    expect(stuck.tryNext()).toBeUndefined();
  });

  it("ends every wait for its window with WINDOW_EXHAUSTED", () => {
    const stuck = generator({ window: fixedWindow(0, 999) });
    expect(() => stuck.next()).toThrow(withCode("WINDOW_EXHAUSTED"));
    expect(() => stuck.fill(new BigUint64Array(1))).toThrow(withCode("WINDOW_EXHAUSTED"));
  });
});

describe("a generator refuses", () => {
  it.each([-1, 0.5, Number.NaN, 2 ** 20, Infinity, "1"])("tick %s in reserveTick", (tick) => {
    expect(() => generator().reserveTick(1, tick as number)).toThrow(withCode("SECTION_OUT_OF_RANGE"));
  });

  it.each([-1, 0.5, Number.NaN, Infinity, "1"])("a count of %s", (count) => {
    expect(() => generator().reserve(count as number, 0)).toThrow(withCode("COUNT_INVALID"));
    expect(() => generator().reserveTick(count as number, 1)).toThrow(withCode("COUNT_INVALID"));
  });

  it.each<[unknown, string]>([
    [undefined, "undefined"],
    [5, "5"],
    [[0n, 0n], "an array of 2"],
    [{ length: 2 }, "an object (Object)"],
    [new Float64Array(2), "an object (Float64Array)"],
    [new BigInt64Array(2), "an object (BigInt64Array)"],
    [new Uint8Array(new ArrayBuffer(64), 0, 2), "an object (Uint8Array)"],
  ])("to fill %o, and spends nothing on it", (view, described) => {
    const unspent = generator();
    const fill = () => unspent.fill(view as BigUint64Array);
    expect(fill).toThrow(withCode("OPTION_INVALID"));
    expect(fill).toThrow(`got ${described}.`);
    expect(unspent.stats().issued).toBe(0);
  });

  it.each([-1, 0.5, Number.NaN, Infinity])("a window with floor %s", (floor) => {
    expect(() => generator({ window: fixedWindow(floor) })).toThrow(withCode("OPTION_INVALID"));
  });

  it("to issue in a window whose limit is no number", () => {
    expect(generator({ window: fixedWindow(0, Number.NaN) }).tryNext()).toBeUndefined();
  });

  it.each([-1, -1e-9, 1, 7, Number.NaN, Infinity])(
    "to leave the sequence section for a random number of %s",
    (drawn) => {
      const id = generator({ sequenceStart: "random", random: () => drawn }).next();
      expect(id).toBe((1000n << 5n) | (1n << 3n) | (2n << 1n));
    },
  );
});
