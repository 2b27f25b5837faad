import { presets } from "@shardflake/core";
import { describe, expect, it } from "vitest";
import { INITIAL, layoutText } from "../../src/state/plan-state.js";
import { type LayoutField, type LoadField, readLayout, readLoad } from "../../src/state/reading.js";

const WRONG_LAYOUTS: readonly (readonly [LayoutField, string])[] = [
  ...["0", "54", "-1", "4.5", "", "x", "1e9"].map((text): [LayoutField, string] => ["timestamp", text]),
  ...["17", "-1", "1.5", ""].map((text): [LayoutField, string] => ["datacenter", text]),
  ...["17", "-1", ""].map((text): [LayoutField, string] => ["machine", text]),
  ...["33", "-1", ""].map((text): [LayoutField, string] => ["sequence", text]),
  ...["0ms", "1", "-1ms", ""].map((text): [LayoutField, string] => ["tick", text]),
  ...["2020-02-30", "soon", ""].map((text): [LayoutField, string] => ["epoch", text]),
];

const WRONG_LOADS: readonly (readonly [LoadField, string])[] = [
  ...["10kk", "10kk/s", "-5/s", "0/s", "10k", ""].map((text): [LoadField, string] => ["rate", text]),
  ...["0", "-1", "1025", "1.5", ""].map((text): [LoadField, string] => ["machines", text]),
  ...["-1", "1.5", ""].map((text): [LoadField, string] => ["burst", text]),
  ...["10", "-1s", ""].map((text): [LoadField, string] => ["skew", text]),
];

describe("reading a layout", () => {
  it.each(Object.keys(presets) as (keyof typeof presets)[])("takes the preset %s as it is", (name) => {
    expect(readLayout(layoutText(presets[name]))).toEqual({ kind: "right", value: presets[name] });
  });

  it.each(WRONG_LAYOUTS)("refuses %s %j beside the field, with an example", (field, text) => {
    const reading = readLayout({ ...INITIAL.a, [field]: text });
    expect(reading.kind === "wrong" && reading.messages[field]).toMatch(
      /^Expected .*such as .*, got (“.*”|nothing)\.$/,
    );
  });

  it("names all wrong fields at once", () => {
    const reading = readLayout({ ...INITIAL.a, tick: "", epoch: "" });
    expect(Object.keys(reading.kind === "wrong" ? reading.messages : {})).toEqual(["tick", "epoch"]);
  });

  it.each([
    ["sequence", { ...INITIAL.a, sequence: "13" }, "such as 12, got “13”. All sections have 64."],
    ["sequence", { ...INITIAL.a, timestamp: "45" }, "such as 8, got “12”. All sections have 67."],
    ["timestamp", { ...INITIAL.a, timestamp: "53", datacenter: "16", sequence: "0" }, "All sections have 74."],
  ] as const)("puts sections over 63 bits beside the %s", (field, text, message) => {
    const reading = readLayout(text);
    expect(reading.kind === "wrong" && reading.messages[field]).toContain(message);
  });

  it("puts an end that no date can tell beside the timestamp", () => {
    const reading = readLayout({ ...INITIAL.a, timestamp: "53", datacenter: "0", sequence: "0" });
    expect(reading.kind === "wrong" && reading.messages.timestamp).toMatch(/lifetime/);
  });
});

describe("reading a load", () => {
  it("takes what is right", () => {
    expect(readLoad(INITIAL.load, 1024)).toEqual({
      kind: "right",
      value: { idsPerSecond: 10_000, machinesInUse: 1, burstIds: 5000, skewMs: 10, windowMs: 6000 },
    });
  });

  it.each(WRONG_LOADS)("refuses %s %j beside the field, with an example", (field, text) => {
    const reading = readLoad({ ...INITIAL.load, [field]: text }, 1024);
    expect(reading.kind === "wrong" && reading.messages[field]).toMatch(
      /^Expected .*such as .*, got (“.*”|nothing)\.$/,
    );
  });
});
