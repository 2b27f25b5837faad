import { idAt, presets } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { opaqueIds } from "../src/index.js";
import { encryptedBy } from "./ff1.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const key = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
const orders = opaqueIds({ key, kind: "order" });
const anyId = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const anyKey = fc.constantFrom(16, 24, 32).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
const runs = { numRuns: 100 };

const codeOf = (text: unknown): string => {
  try {
    orders.decode(text as string);
    return "accepted";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("opaque IDs", () => {
  it("come back as the ID they were made of, for every key and kind", () => {
    fc.assert(
      fc.property(anyKey, fc.string({ minLength: 1, unit: "grapheme" }), anyId, (key, kind, id) => {
        const ids = opaqueIds({ key, kind });
        const text = ids.encode(id);
        expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{14}$/);
        expect(ids.decode(text)).toBe(id);
      }),
      runs,
    );
  });

  it("are FF1 as NIST describes it", () => {
    fc.assert(
      fc.property(anyKey, fc.string({ minLength: 1, maxLength: 40 }), anyId, (key, kind, id) => {
        const text = opaqueIds({ key, kind }).encode(id);
        const block = [...text.slice(0, 13)].reduce((sum, digit) => sum * 32n + BigInt(ALPHABET.indexOf(digit)), 0n);
        expect(block).toBe(encryptedBy(key, new TextEncoder().encode(kind), id));
      }),
      runs,
    );
  });

  it("show no more likeness for neighbours in time than for any other two", () => {
    const first = idAt(presets.shardflake, Date.UTC(2026, 0));
    const texts = Array.from({ length: 500 }, (_, i) => orders.encode(first + BigInt(i)));
    // Two random texts agree in a 32nd of their characters.
    const equal = texts.slice(1).flatMap((text, i) => [...text].map((digit, at) => digit === texts[i]![at]));
    expect(equal.filter(Boolean).length / equal.length).toBeLessThan(0.06);
    expect([...texts].sort()).not.toEqual(texts);
    expect(new Set(texts).size).toBe(500);
  });

  it("of one kind are unrelated to those of another, and to those of another key", () => {
    const id = idAt(presets.shardflake, Date.UTC(2026, 0));
    const others = [opaqueIds({ key, kind: "user" }), opaqueIds({ key: key.map((byte) => byte ^ 1), kind: "order" })];
    for (const other of others) expect(other.encode(id)).not.toBe(orders.encode(id));
  });

  it("tell every single wrong character, and every exchange of two different ones", () => {
    const text = orders.encode(912456497118576641n);
    const digits = [...text];
    for (const at of digits.keys()) {
      for (const wrong of ALPHABET) {
        if (wrong === digits[at]) continue;
        expect(codeOf(digits.with(at, wrong).join(""))).toBe("PARSE_CHECK");
      }
      for (let other = at + 1; other < digits.length; other++) {
        if (digits[at] === digits[other]) continue;
        expect(codeOf(digits.with(at, digits[other]!).with(other, digits[at]!).join(""))).toBe("PARSE_CHECK");
      }
    }
  });

  it("refuse 127 in 128 of what was made up, with a code", () => {
    const anyText = fc.array(fc.constantFrom(...ALPHABET), { minLength: 14, maxLength: 14 });
    const codes = fc.sample(anyText, { numRuns: 3000, seed: 1 }).map((digits) => codeOf(digits.join("")));
    expect(new Set(codes)).toEqual(new Set(["PARSE_CHECK", "PARSE_OVERFLOW", "accepted"]));
    // 1/32 have the right check character, half of these are below 2^64, and half of those have sign bit 0.
    expect(codes.filter((code) => code === "accepted").length).toBeLessThan(60);
  });

  it.each([
    [14n, "PARSE_TYPE"],
    [undefined, "PARSE_TYPE"],
    ["", "PARSE_LENGTH"],
    [`${orders.encode(1n)}0`, "PARSE_LENGTH"],
    [orders.encode(1n).toLowerCase(), "PARSE_ALPHABET"],
    ["0000000000000U", "PARSE_ALPHABET"],
    ["-0000000000000", "PARSE_ALPHABET"],
  ])("refuse %s with %s", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each([-1n, 2n ** 63n, 5, "5"])("are not made of %s", (id) => {
    expect(() => orders.encode(id as bigint)).toThrow(expect.objectContaining({ name: "ParseError" }));
  });

  it.each([
    [{ key: new Uint8Array(15), kind: "order" }, "key"],
    [{ key: "secret-secret-se", kind: "order" }, "key"],
    [{ key, kind: "" }, "kind"],
    [{ key, kind: 5 }, "kind"],
    [{ key, kind: "ä".repeat(501) }, "kind"],
  ])("refuse a wrong option, and never show a key", (options, name) => {
    const make = () => opaqueIds(options as unknown as Parameters<typeof opaqueIds>[0]);
    expect(make).toThrow(expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining(name) }));
    expect(make).not.toThrow("secret-secret");
  });
});
