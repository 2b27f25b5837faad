import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  encodeBase32,
  encodeBase62,
  encodeDecimal,
  ParseError,
  parseBase32,
  parseBase62,
  parseDecimal,
} from "../../src/index.js";

const MAX_ID = 2n ** 63n - 1n;
const anyId = fc.oneof(fc.bigInt({ min: 0n, max: MAX_ID }), fc.constantFrom(0n, 1n, MAX_ID - 1n, MAX_ID));

const formats = [
  { name: "decimal", encode: encodeDecimal, parse: parseDecimal, shape: /^(0|[1-9][0-9]{0,18})$/, max: `${MAX_ID}` },
  { name: "base32", encode: encodeBase32, parse: parseBase32, shape: /^[0-9A-HJKMNP-TV-Z]{13}$/, max: "7ZZZZZZZZZZZZ" },
  { name: "base62", encode: encodeBase62, parse: parseBase62, shape: /^[0-9A-Za-z]{11}$/, max: "AzL8n0Y58m7" },
] as const;

describe.each(formats)("$name", ({ encode, parse, shape, max }) => {
  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(anyId, (id) => {
        const text = encode(id);
        expect(text).toMatch(shape);
        expect(parse(text)).toBe(id);
      }),
    );
  });

  it("reads only what it would have written: one ID, one text", () => {
    const nearMisses = fc.oneof(
      fc
        .tuple(anyId.map(encode), fc.constantFrom("lower", "upper", "space", "newline", "zero"))
        .map(([text, change]) => changed(text, change)),
      fc.string({ unit: fc.constantFrom(..."0123456789ABIJLOUYZabiloyz"), maxLength: 21 }),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(nearMisses, (text) => {
        const result = outcome(() => parse(text));
        if (typeof result === "bigint") expect(encode(result)).toBe(text);
        else expect(result).toBeInstanceOf(ParseError);
      }),
      { numRuns: 1000 },
    );
  });

  it("writes the largest ID and refuses the next one", () => {
    expect(encode(MAX_ID)).toBe(max);
    expect(codeOf(() => parse(successor(max)))).toBe("PARSE_OVERFLOW");
    expect(codeOf(() => encode(MAX_ID + 1n))).toBe("ID_OUT_OF_RANGE");
    expect(codeOf(() => encode(-1n))).toBe("ID_OUT_OF_RANGE");
  });

  it("refuses signs, also where the length is right", () => {
    const text = encode(MAX_ID);
    for (const signed of [`-${text}`, `+${text}`, `-${text.slice(1)}`, "-", "-1"]) {
      expect(codeOf(() => parse(signed))).toBe("PARSE_SIGN");
    }
  });

  it("refuses empty text", () => {
    expect(codeOf(() => parse(""))).toBe("PARSE_LENGTH");
  });

  it("refuses what is no string to read and what is no bigint to write", () => {
    for (const value of [1, 1n, null, undefined, ["1"], {}]) {
      expect(codeOf(() => parse(value as never))).toBe("PARSE_TYPE");
    }
    for (const value of [1, "1", null, undefined]) expect(codeOf(() => encode(value as never))).toBe("PARSE_TYPE");
  });
});

describe.each([formats[1], formats[2]])("$name, fixed width", ({ name, encode, parse }) => {
  it("sorts as text like the IDs as numbers", () => {
    fc.assert(
      fc.property(anyId, anyId, (a, b) => {
        expect(encode(a) < encode(b)).toBe(a < b);
      }),
    );
  });

  it("refuses text one character too short or too long", () => {
    const text = encode(12_345n);
    expect(codeOf(() => parse(text.slice(1)))).toBe("PARSE_LENGTH");
    expect(codeOf(() => parse(`0${text}`))).toBe("PARSE_LENGTH");
  });

  it("says which character at which position is no digit", () => {
    const text = `${encode(1n).slice(0, 4)}*${encode(1n).slice(5)}`;
    expect(outcome(() => parse(text))).toMatchObject({
      code: "PARSE_ALPHABET",
      message: expect.stringMatching(new RegExp(`${name}.*"\\*" at position 4`)),
    });
  });
});

describe("base32", () => {
  it("writes what Crockford's alphabet prescribes", () => {
    expect(encodeBase32(0n)).toBe("0000000000000");
    expect(encodeBase32(31n)).toBe("000000000000Z");
    expect(encodeBase32(1234n)).toBe("000000000016J");
  });

  it.each(["I", "L", "O", "U", "i", "l", "o", "a", "z"])("refuses %s: no aliases, no lower case", (character) => {
    expect(codeOf(() => parseBase32(`000000000000${character}`))).toBe("PARSE_ALPHABET");
  });
});

describe("decimal", () => {
  it.each(["007", "00", "0123"])("refuses the leading zero of %s", (text) => {
    expect(codeOf(() => parseDecimal(text))).toBe("PARSE_LENGTH");
  });

  it.each(["0x1F", " 1", "1 ", "1_000", "1e3", "1.0", "1n", "١", "\u00a01"])("refuses %j", (text) => {
    expect(codeOf(() => parseDecimal(text))).toBe("PARSE_ALPHABET");
  });

  it.each(["9223372036854775808", "18446744073709551615", "10000000000000000000", "9".repeat(10_000)])(
    "refuses more than 63 bits",
    (text) => {
      expect(codeOf(() => parseDecimal(text))).toBe("PARSE_OVERFLOW");
    },
  );
});

/** The text of the next number, for texts that do not end in the last digit of their alphabet, or that are all last. */
function successor(text: string): string {
  if (text.endsWith("Z")) return "8000000000000";
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + 1);
}

function changed(text: string, change: "lower" | "upper" | "space" | "newline" | "zero"): string {
  if (change === "lower") return text.toLowerCase();
  if (change === "upper") return text.toUpperCase();
  if (change === "space") return ` ${text}`;
  return change === "newline" ? `${text}\n` : `0${text}`;
}

function outcome(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

function codeOf(act: () => unknown): unknown {
  return (outcome(act) as { code?: unknown }).code;
}
