import { defineLayout, idWriter } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encoderFor } from "../../src/encode/encoder.js";
import { FORMATS, type Format, headerOf } from "../../src/encode/format.js";
import { naiveRecord } from "./naive.js";

/** Consecutive IDs that share their high half, and how their low half is divided into first and sequence. */
interface IdRun {
  readonly start: bigint;
  readonly sequence: number;
  readonly count: number;
}

const MOST = 2n ** 63n - 1n;

/** IDs at which the number of digits, a tail of the tables or the sign of an Int32 changes. */
const borders: readonly bigint[] = [
  ...Array.from({ length: 19 }, (_, k) => 10n ** BigInt(k)),
  ...Array.from({ length: 13 }, (_, k) => 32n ** BigInt(k)),
  ...Array.from({ length: 11 }, (_, k) => 62n ** BigInt(k)),
  ...Array.from({ length: 63 }, (_, k) => 2n ** BigInt(k)),
  2n ** 31n * 5n,
  2n ** 32n * 12_345n,
  MOST,
];

function runsOf(countOf: fc.Arbitrary<number>): fc.Arbitrary<IdRun> {
  const nearBorder = fc
    .tuple(fc.constantFrom(...borders), fc.integer({ min: -200, max: 50 }))
    .map(([border, distance]) => {
      return border + BigInt(distance);
    });
  const anyStart = fc.oneof(
    { weight: 4, arbitrary: nearBorder },
    { weight: 1, arbitrary: fc.bigInt(1n, 20_000n) },
    { weight: 2, arbitrary: fc.bigInt(1n, MOST) },
  );
  return fc
    .tuple(anyStart, fc.nat(2 ** 32 - 1), countOf)
    .filter(([start]) => start >= 0n && start <= MOST)
    .map(([start, sequence, count]) => {
      const low = Number(start % 2n ** 32n);
      return { start, sequence: sequence % (low + 1), count: Math.min(count, 2 ** 32 - low) };
    });
}

function encode(format: Format, { start, sequence, count }: IdRun, at: number, out: Uint8Array): number {
  const low = Number(start % 2n ** 32n) - sequence;
  return encoderFor(format).write(out, at, { high: Number(start >> 32n), low }, sequence, count);
}

function naive(format: Format, { start, count }: IdRun): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, i) => naiveRecord(format, start + BigInt(i))));
}

const UNTOUCHED = 0xa5;

describe.each(FORMATS)("the %s encoder", (format) => {
  const { maxRecordBytes } = encoderFor(format);

  it("writes every ID as the format defines it, and not a byte beside its records", () => {
    fc.assert(
      fc.property(runsOf(fc.nat(300)), fc.nat(3), (run, eights) => {
        const at = eights * 8;
        const out = new Uint8Array(at + run.count * maxRecordBytes + 16).fill(UNTOUCHED);
        const end = encode(format, run, at, out);
        const expected = naive(format, run);
        expect(end).toBe(at + expected.length);
        expect(Buffer.compare(out.subarray(at, end), expected)).toBe(0);
        expect(out.subarray(0, at).every((byte) => byte === UNTOUCHED)).toBe(true);
        expect(out.subarray(end).every((byte) => byte === UNTOUCHED)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("writes runs of several tables' length", () => {
    fc.assert(
      fc.property(runsOf(fc.integer({ min: 9000, max: 21_000 })), (run) => {
        const out = new Uint8Array(run.count * maxRecordBytes);
        const end = encode(format, run, 0, out);
        expect(Buffer.compare(out.subarray(0, end), naive(format, run))).toBe(0);
      }),
      { numRuns: 10 },
    );
  });

  it("makes no record longer than maxRecordBytes, and the longest exactly as long", () => {
    const lengths = borders.flatMap((border) => [border - 1n, border]).map((id) => naiveRecord(format, id).length);
    expect(Math.max(...lengths)).toBe(maxRecordBytes);
  });

  it("writes in a part of a buffer as in a whole one", () => {
    const run = { start: 9_990n, sequence: 0, count: 20 };
    const whole = new Uint8Array(8 + 20 * maxRecordBytes);
    const end = encode(format, run, 0, whole.subarray(8));
    expect(Buffer.compare(whole.subarray(8, 8 + end), naive(format, run))).toBe(0);
  });

  it("writes the last IDs of a 32-bit sequence", () => {
    const layout = defineLayout({ timestampBits: 29, datacenterBits: 1, machineBits: 1, sequenceBits: 32, epoch: 0 });
    const sequence = 2 ** 32 - 5;
    const out = new Uint8Array(5 * maxRecordBytes);
    const end = encoderFor(format).write(out, 0, idWriter(layout, 1, 1).base(layout.maxTick), sequence, 5);
    expect(Buffer.compare(out.subarray(0, end), naive(format, { start: MOST - 4n, sequence, count: 5 }))).toBe(0);
  });
});

describe("headerOf", () => {
  it("names the column of a CSV, and nothing else has a header", () => {
    const headers = FORMATS.map((format) => [format, headerOf(format)]).filter(([, header]) => header !== "");
    expect(headers).toEqual([["csv", "id\n"]]);
  });
});
