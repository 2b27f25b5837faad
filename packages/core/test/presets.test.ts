import { describe, expect, it } from "vitest";
import { compose, decompose, defineLayout, LayoutError, layoutNamed, type Presets, presets } from "../src/index.js";

describe("presets", () => {
  it("take apart the IDs their makers documented", () => {
    // https://discord.com/developers/docs/reference#snowflakes
    expect(decompose(presets.discord, 175928847299117063n)).toMatchObject({
      timestampMs: Date.parse("2016-04-30T11:18:25.796Z"),
      datacenterId: 1,
      machineId: 0,
      sequence: 7,
    });
    // https://en.wikipedia.org/wiki/Snowflake_ID
    expect(decompose(presets.twitter, 1541815603606036480n)).toMatchObject({
      timestampMs: Date.parse("2022-06-28T16:07:40.105Z"),
      datacenterId: 378 >> 5,
      machineId: 378 & 31,
      sequence: 0,
    });
  });

  it("compose the example of Instagram's article", () => {
    // 1387263000 ms after the epoch, shard 31341 % 2000, sequence 5001 % 1024.
    const sections = { tick: 1_387_263_000, datacenterId: 0, machineId: 31_341 % 2000, sequence: 5001 % 1024 };
    expect(compose(presets.instagram, sections)).toBe((1_387_263_000n << 23n) | (1341n << 10n) | 905n);
  });

  it("give Mastodon's IDs the time of their upper 48 bits", () => {
    // Snowflake.id_at(time): milliseconds since 1970, shifted by 16.
    const timeMs = Date.parse("2024-02-29T12:00:00Z");
    expect(decompose(presets.mastodon, (BigInt(timeMs) << 16n) | 0xbeefn)).toMatchObject({
      timestampMs: timeMs,
      sequence: 0xbeef,
    });
  });

  it("have the default layout as `shardflake`", () => {
    expect(presets.shardflake).toEqual(defineLayout());
  });

  it("have a `js-safe` whose largest ID is the largest safe integer and whose lifetime exceeds 69 years", () => {
    const layout = presets["js-safe"];
    const largest = {
      tick: layout.maxTick,
      datacenterId: 0,
      machineId: layout.machines - 1,
      sequence: layout.idsPerTick - 1,
    };
    expect(layout.fitsNumber).toBe(true);
    expect(compose(layout, largest)).toBe(BigInt(Number.MAX_SAFE_INTEGER));
    expect(layout.lifetimeEndMs - layout.epochMs).toBeGreaterThan(69 * 365.25 * 86_400_000);
  });

  it("cannot be changed", () => {
    expect(Object.isFrozen(presets)).toBe(true);
    for (const layout of Object.values(presets)) expect(Object.isFrozen(layout)).toBe(true);
  });
});

describe("layoutNamed", () => {
  it("finds every preset by its name", () => {
    for (const name of Object.keys(presets)) expect(layoutNamed(name)).toBe(presets[name as keyof Presets]);
  });

  it.each(["Twitter", "", "toString", "__proto__", undefined, 1])("refuses %j and lists the names", (name) => {
    const find = () => layoutNamed(name as string);
    expect(find).toThrow(LayoutError);
    expect(find).toThrow(
      expect.objectContaining({
        code: "PRESET_UNKNOWN",
        message: expect.stringContaining(Object.keys(presets).join(", ")),
      }),
    );
  });
});
