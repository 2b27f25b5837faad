import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeRecord, encodeRecord, RECORD_FORMAT, recordOf, registerOf } from "../../src/register/record.js";
import type { Register } from "../../src/register/register.js";
import { HELD } from "../store/registers.js";

const count = fc.nat(Number.MAX_SAFE_INTEGER);
const text = fc.string({ minLength: 1, maxLength: 200 });

const registers: fc.Arbitrary<Register> = fc
  .record({
    holder: fc.option(text),
    generation: count,
    floor: count,
    limit: count,
    purpose: fc.constantFrom("untouched" as const, "live" as const, "backfill" as const),
    nonce: text,
    lapseMs: count,
    writtenMs: fc.maxSafeInteger(),
  })
  .map((register) => ({ ...register, limit: Math.max(register.floor, register.limit) }));

describe("a record", () => {
  it("comes back as it was written", () => {
    fc.assert(
      fc.property(registers, (register) => {
        expect(decodeRecord(encodeRecord(register), "it")).toEqual(register);
      }),
    );
  });

  it("is refused as a whole when one field is missing, unknown or wrong", () => {
    const wrong = fc.oneof(
      fc.constantFrom(-1, 0.5, Number.NaN, 2 ** 53, "", "x".repeat(201), null, undefined, true, [], {}, "5"),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(HELD)), wrong, (name, value) => {
        if (name === "holder" && (value === null || value === "5")) return;
        if (name === "nonce" && value === "5") return;
        if (name === "writtenMs" && value === -1) return;
        const record = { ...recordOf(HELD), [name]: value };
        expect(() => registerOf(record, "it")).toThrow(expect.objectContaining({ code: "STORE_CORRUPT" }));
      }),
    );
    expect(() => registerOf({ ...recordOf(HELD), region: "eu" }, "it")).toThrow(
      expect.objectContaining({ code: "STORE_CORRUPT" }),
    );
  });

  it("has no limit below its floor", () => {
    const record = recordOf({ ...HELD, floor: 5, limit: 4 });
    expect(() => registerOf(record, "it")).toThrow(expect.objectContaining({ code: "STORE_CORRUPT" }));
  });

  it("of a newer format is told apart from damage, whatever its fields", () => {
    const newer = fc.record({ format: fc.integer({ min: RECORD_FORMAT + 1 }), shape: fc.anything() });
    fc.assert(
      fc.property(newer, (record) => {
        expect(() => registerOf(record, "it")).toThrow(expect.objectContaining({ code: "STORE_FORMAT_NEWER" }));
      }),
    );
  });

  it.each([0, -1, 1.5, "1", null, undefined])("of format %j is damage", (format) => {
    expect(() => registerOf({ ...recordOf(HELD), format }, "it")).toThrow(
      expect.objectContaining({ code: "STORE_CORRUPT" }),
    );
  });

  it("that is any other text is refused with a typed error", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (garbage) => {
        expect(() => decodeRecord(garbage, "it")).toThrow(
          expect.objectContaining({ code: expect.stringMatching(/^STORE_(CORRUPT|FORMAT_NEWER)$/) }),
        );
      }),
    );
  });
});
