import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { decimalLineEncoder } from "../../src/encode/decimal-lines.js";
import { openLineVectors } from "../../src/encode/line-vectors.js";
import { lineEncoder } from "../../src/encode/lines.js";
import { DECIMAL } from "../../src/encode/radix.js";

const UNTOUCHED = 0xa5;
const MOST = 2n ** 63n - 1n;
/** Text, a JSON array's items, NDJSON, and lines too long for two vectors. */
const FORMS: readonly (readonly [string, string])[] = [
  ["", "\n"],
  ['"', '",'],
  ['{"id":"', '"}\n'],
  ["a prefix of many characters: ", "\n"],
];

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** Holds what vectors write against what the plain loop writes, in a shared buffer, and what is beside it. */
function expectSame(form: readonly [string, string], start: bigint, wanted: number, at: number): void {
  const low = Number(start % 2n ** 32n);
  const first = { high: Number(start >> 32n), low: low - (low % 1000) };
  const count = Math.min(wanted, 2 ** 32 - low);
  const [byVectors, plainly] = [decimalLineEncoder, lineEncoder.bind(undefined, DECIMAL)].map((encoder) => {
    const { maxRecordBytes, write } = encoder(...form);
    const out = new Uint8Array(new SharedArrayBuffer(at + count * maxRecordBytes + 40)).fill(UNTOUCHED);
    return { out, end: write(out, at, first, low % 1000, count) };
  });
  expect(byVectors!.end).toBe(plainly!.end);
  expect(Buffer.compare(byVectors!.out, plainly!.out), `${count} lines of ${form} from ${start}`).toBe(0);
}

describe.each(FORMS)("decimal lines in %j…%j", (...form) => {
  it("are the same by vectors as without, at every number of digits and every carry", () => {
    expect(openLineVectors()).toBeDefined();
    for (let digits = 1; digits < 19; digits++) {
      const power = 10n ** BigInt(digits);
      // From one number of digits to the next, and a carry over as many digits within the longest numbers.
      for (const border of [power, 10n ** 18n + power]) {
        for (const before of [0n, 1n, 99n, 100n, 205n]) {
          if (border - before >= 0n) expectSame(form, border - before, 330, Number(before % 8n));
        }
      }
    }
    expectSame(form, MOST - 400n, 401, 3);
  });

  it("are the same by vectors as without, from any number, anywhere, however many", () => {
    const anyCount = fc.oneof(fc.nat(2500), fc.integer({ min: 9_000, max: 12_000 }));
    fc.assert(
      fc.property(fc.bigInt(0n, MOST - 12_000n), fc.nat(18), anyCount, fc.nat(20), (number, digits, count, at) => {
        expectSame(form, number % 10n ** BigInt(digits + 1), count, at);
      }),
      { numRuns: 60 },
    );
  });
});

describe("decimal lines without WebAssembly", () => {
  it.each([
    ["there is none", undefined],
    ["it is refused", { Module: refuse }],
  ])("are written all the same where %s", async (_, stub) => {
    vi.stubGlobal("WebAssembly", stub);
    const { decimalLineEncoder: encoder } = await import("../../src/encode/decimal-lines.js");
    const out = Buffer.alloc(400 * 20);
    const end = encoder("", "\n").write(out, 0, { high: 2 ** 30, low: 0 }, 0, 400);
    const lines = Array.from({ length: 400 }, (_, i) => `${2n ** 62n + BigInt(i)}\n`);
    expect(out.toString("latin1", 0, end)).toBe(lines.join(""));
  });

  it("are written where they are few", async () => {
    const module = vi.fn(refuse);
    vi.stubGlobal("WebAssembly", { Module: module });
    const { decimalLineEncoder: encoder } = await import("../../src/encode/decimal-lines.js");
    const out = Buffer.alloc(20 * 20);
    encoder("", "\n").write(out, 0, { high: 2 ** 30, low: 0 }, 0, 20);
    expect(module).not.toHaveBeenCalled();
  });
});

function refuse(): never {
  throw new Error("refused");
}
