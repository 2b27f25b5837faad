import { encodeBase32, encodeBase62, encodeDecimal, presets } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { takeApart } from "../../src/id/take-apart.js";

const SECTIONS = { timestampMs: 1656432460105, datacenterId: 11, machineId: 26, sequence: 0 };

describe("an ID that is pasted", () => {
  it.each(["1541815603606036480", "  1541815603606036480\n"])("is taken apart: %j", (text) => {
    expect(takeApart(presets.twitter, text)).toMatchObject({ kind: "id", sections: SECTIONS });
  });

  it("is known in each of its text forms", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (id) => {
        expect(takeApart(presets.twitter, encodeDecimal(id))).toMatchObject({ kind: "id", id });
        expect(takeApart(presets.twitter, encodeBase62(id))).toMatchObject({ kind: "id" });
        expect(takeApart(presets.twitter, encodeBase32(id))).toMatchObject({ kind: "id" });
      }),
    );
    expect(takeApart(presets.twitter, encodeBase32(2n ** 60n + 11n))).toMatchObject({ kind: "id", form: "base32" });
  });

  it("is nothing, or wrong with a reason", () => {
    expect(takeApart(presets.twitter, " ")).toEqual({ kind: "none" });
    for (const text of ["x", "-1", "1.5", "99999999999999999999", "1541815603606036480x"]) {
      expect(takeApart(presets.twitter, text)).toMatchObject({
        kind: "wrong",
        message: expect.stringMatching(/^Expected .*, got/),
      });
    }
    expect(takeApart(presets["js-safe"], "9007199254740992")).toMatchObject({ kind: "wrong" });
  });
});
