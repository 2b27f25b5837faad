import { encodeBase32, encodeBase62 } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReader, ID_FORMATS, type IdFormat } from "../../../src/audit/index.js";
import { cut } from "../arbitraries.js";
import { encodeIds } from "../encode.js";

function read(format: IdFormat, chunks: readonly Uint8Array[]): bigint[] {
  const ids: bigint[] = [];
  const reader = createReader(format, (halves, count) => {
    for (let at = 0; at < 2 * count; at += 2) {
      ids.push((BigInt((halves[at + 1] as number) >>> 0) << 32n) | BigInt((halves[at] as number) >>> 0));
    }
  });
  for (const chunk of chunks) reader.read(chunk);
  reader.end();
  return ids;
}

const readText = (format: IdFormat, text: string): bigint[] => read(format, [Buffer.from(text)]);
const anyIds = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));

describe.each(ID_FORMATS)("%s", (format) => {
  it("reads every 64-bit number, however the chunks are cut", () => {
    fc.assert(
      fc.property(anyIds, fc.array(fc.nat(), { maxLength: 20 }), (ids, cuts) => {
        expect(read(format, cut(encodeIds(format, ids), cuts))).toEqual(ids);
      }),
    );
  });
});

describe("text of core", () => {
  it("is read back", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (id) => {
        expect(readText("base32", `${encodeBase32(id)}\n`)).toEqual([id]);
        expect(readText("base62", `${encodeBase62(id)}\n`)).toEqual([id]);
      }),
    );
  });
});

describe("lines", () => {
  it("may end with CRLF, and the last one may go without an end", () => {
    expect(readText("text", "1\r\n2\r\n3")).toEqual([1n, 2n, 3n]);
    expect(readText("csv", "id\r\n1\r\n2")).toEqual([1n, 2n]);
  });

  it("may be negative where a signed column was printed", () => {
    expect(readText("text", "-1\n-9223372036854775808\n")).toEqual([2n ** 64n - 1n, 2n ** 63n]);
  });

  it("of JSON may have other members and spaces", () => {
    expect(readText("ndjson", '{ "at": 1, "id": "12" }\n{"id":"13"}\n')).toEqual([12n, 13n]);
  });

  it.each<[IdFormat, string, number]>([
    ["text", "1\n\n2\n", 2],
    ["text", "1\n2x\n", 2],
    ["text", "1\n 2\n", 2],
    ["text", "007\n", 1],
    ["text", "18446744073709551616\n", 1],
    ["text", "99999999999999999999\n", 1],
    ["text", "123456789012345678901\n", 1],
    ["text", "1\n2\n-0\n", 3],
    ["text", "-\n", 1],
    ["text", "-9223372036854775809\n", 1],
    ["csv", "1\n2\n", 1],
    ["csv", "id\n1,2\n", 2],
    ["ndjson", '{"id":"1"}\n{"id":2}\n', 2],
    ["ndjson", '{"id":"1"\n', 1],
    ["ndjson", "null\n", 1],
    ["base32", "000000000000I\n", 1],
    ["base32", "G000000000000\n", 1],
    ["base32", "0\n", 1],
    ["base62", "zzzzzzzzzzz\n", 1],
    ["base62", "0000000000-\n", 1],
  ])("%s %j: line %i is refused by its number", (format, text, line) => {
    expect(() => readText(format, text)).toThrow(
      expect.objectContaining({ code: "PARSE_LINE", message: expect.stringContaining(`line ${line},`) }),
    );
  });

  it("that never end are refused before they fill the memory", () => {
    expect(() => readText("text", "1".repeat(70_000))).toThrow(expect.objectContaining({ code: "PARSE_LINE" }));
  });

  it("are shown in messages without the control characters of a terminal", () => {
    expect(() => readText("text", "\u001b[31m\n")).toThrow(/"\\u001b\[31m"/);
  });
});

describe("binary", () => {
  it.each<IdFormat>(["u64le", "u64be"])("%s names the byte at which a record is cut off", (format) => {
    const bytes = encodeIds(format, [1n, 2n]).subarray(0, 13);
    expect(() => read(format, [bytes])).toThrow(
      expect.objectContaining({ code: "PARSE_TRUNCATED", message: expect.stringContaining("5 bytes at byte 8") }),
    );
  });
});

it("a format there is none of is refused", () => {
  expect(() => createReader("xml" as IdFormat, () => {})).toThrow(expect.objectContaining({ code: "FORMAT_UNKNOWN" }));
});
