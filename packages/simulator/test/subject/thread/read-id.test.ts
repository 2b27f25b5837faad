import fc from "fast-check";
import { expect, test } from "vitest";
import { readNumber, readText } from "../../../src/subject/thread/read-id.js";

const id = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

test("an ID is the same as a bigint, as decimal text and as big-endian bytes", () => {
  fc.assert(
    fc.property(id, (value) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(value);
      for (const form of [value, value.toString(), bytes, new Uint8Array(bytes)]) {
        expect(readNumber(form)).toEqual({ kind: "number", id: value });
      }
    }),
  );
});

test("a number is taken as it is, also where it lost digits", () => {
  expect(readNumber(2 ** 53 - 1)).toEqual({ kind: "number", id: 2n ** 53n - 1n });
  expect(readNumber(Number(2n ** 62n + 1n))).toEqual({ kind: "number", id: 2n ** 62n });
});

test.each([
  ["65 bits", 2n ** 64n],
  ["a negative bigint", -1n],
  ["a fraction", 1.5],
  ["no number", Number.NaN],
  ["text that is not decimal", "0x10"],
  ["empty text", ""],
  ["no bytes", new Uint8Array()],
  ["nine bytes", new Uint8Array(9).fill(255)],
  ["nothing", undefined],
  ["an object", {}],
])("%s is misshapen, and described", (_, value) => {
  expect(readNumber(value)).toEqual({ kind: "misshapen", value: expect.any(String) });
});

test("a text is any text that is not empty", () => {
  expect(readText("01ARZ3NDEKTSV4RRFFQ69G5FAV")).toEqual({ kind: "text", text: "01ARZ3NDEKTSV4RRFFQ69G5FAV" });
  expect(readText("")).toEqual({ kind: "misshapen", value: '""' });
  expect(readText(5n)).toEqual({ kind: "misshapen", value: "5n" });
});
