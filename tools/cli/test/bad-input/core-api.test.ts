import {
  bounds,
  compose,
  createGenerator,
  decompose,
  defineLayout,
  idAt,
  layoutNamed,
  parseBase32,
  parseBase62,
  parseDecimal,
  steadyClock,
  systemClock,
} from "@shardflake/core";
import { describe, it } from "vitest";
import { expectRefusal, NO_COUNTS, numbers, outcomeOf, type Row } from "./refusal.js";

const layout = defineLayout();
const FROM_MS = Date.UTC(2024, 0, 1);
const generator = (options: object) => createGenerator({ layout, datacenterId: 0, machineId: 0, ...options } as never);

const LAYOUT_NUMBERS = ["timestampBits", "datacenterBits", "machineBits", "sequenceBits", "tickMs"];

const rows: Row[] = [
  ...numbers(
    "defineLayout",
    LAYOUT_NUMBERS,
    "LAYOUT_INVALID",
    defineLayout,
    LAYOUT_NUMBERS.map((name) => `${name} null`),
  ),
  ["defineLayout unknown option", "LAYOUT_INVALID", () => defineLayout({ nodeBits: 5 } as never)],
  ["defineLayout of an array", "LAYOUT_INVALID", () => defineLayout([] as never)],
  ["defineLayout of 64 bits", "LAYOUT_INVALID", () => defineLayout({ timestampBits: 42 })],
  ["defineLayout epoch NaN", "LAYOUT_INVALID", () => defineLayout({ epoch: Number.NaN })],
  ["defineLayout epoch no time", "LAYOUT_INVALID", () => defineLayout({ epoch: "soon" })],
  [
    "defineLayout that ends after 2^53",
    "LAYOUT_INVALID",
    () => defineLayout({ timestampBits: 53, datacenterBits: 0, machineBits: 0, sequenceBits: 0, tickMs: 2 }),
  ],
  ["layoutNamed", "PRESET_UNKNOWN", () => layoutNamed("twiter")],
  ["layoutNamed of a property every object has", "PRESET_UNKNOWN", () => layoutNamed("constructor")],

  ...numbers("compose", ["tick", "datacenterId", "machineId", "sequence"], "SECTION_OUT_OF_RANGE", (options) =>
    compose(layout, { tick: 1, datacenterId: 0, machineId: 0, sequence: 0, ...options }),
  ),
  [
    "compose datacenter 32",
    "SECTION_OUT_OF_RANGE",
    () => compose(layout, { tick: 1, datacenterId: 32, machineId: 0, sequence: 0 }),
  ],
  [
    "compose sequence 4096",
    "SECTION_OUT_OF_RANGE",
    () => compose(layout, { tick: 1, datacenterId: 0, machineId: 0, sequence: 4096 }),
  ],
  ["decompose a number", "PARSE_TYPE", () => decompose(layout, 5 as never)],
  ["decompose a negative ID", "ID_OUT_OF_RANGE", () => decompose(layout, -1n)],
  ["decompose 2^63", "ID_OUT_OF_RANGE", () => decompose(layout, 2n ** 63n)],
  ["idAt before the epoch", "SECTION_OUT_OF_RANGE", () => idAt(layout, 0)],
  ["idAt NaN", "SECTION_OUT_OF_RANGE", () => idAt(layout, Number.NaN)],
  ["bounds backwards", "PERIOD_INVALID", () => bounds(layout, FROM_MS, FROM_MS)],
  ["bounds NaN", "PERIOD_INVALID", () => bounds(layout, FROM_MS, Number.NaN)],
  ["bounds before the epoch", "PERIOD_INVALID", () => bounds(layout, 0, 1000)],

  ...[
    ["", "PARSE_LENGTH"],
    ["12345678901234567890", "PARSE_OVERFLOW"],
    ["9223372036854775808", "PARSE_OVERFLOW"],
    ["-5", "PARSE_SIGN"],
    ["+5", "PARSE_SIGN"],
    ["0x1f", "PARSE_ALPHABET"],
    ["007", "PARSE_LENGTH"],
    [" 5", "PARSE_ALPHABET"],
    ["1e3", "PARSE_ALPHABET"],
    ["٣", "PARSE_ALPHABET"],
  ].map(([text, code]): Row => [`parseDecimal "${text}"`, code!, () => parseDecimal(text!)]),
  ["parseDecimal of a number", "PARSE_TYPE", () => parseDecimal(5 as never)],
  ...(
    [
      [parseBase32, "base32", 13, "U"],
      [parseBase62, "base62", 11, "-"],
    ] as const
  ).flatMap(([parse, name, width, stray]): Row[] => [
    [`${name} empty`, "PARSE_LENGTH", () => parse("")],
    [`${name} too short`, "PARSE_LENGTH", () => parse("0".repeat(width - 1))],
    [`${name} stray character`, "PARSE_ALPHABET", () => parse(`${"0".repeat(width - 1)}${stray}`)],
    [`${name} overflow`, "PARSE_OVERFLOW", () => parse("Z".repeat(width))],
    [`${name} sign`, "PARSE_SIGN", () => parse(`-${"0".repeat(width - 1)}`)],
    [`${name} of undefined`, "PARSE_TYPE", () => parse(undefined as never)],
  ]),

  ...numbers("createGenerator", ["datacenterId", "machineId"], "SECTION_OUT_OF_RANGE", generator),
  ...[undefined, null, "twitter", {}, { timestampBits: 41 }].map(
    (bad): Row => [`createGenerator layout ${JSON.stringify(bad)}`, "LAYOUT_INVALID", () => generator({ layout: bad })],
  ),
  ["createGenerator machine 32", "SECTION_OUT_OF_RANGE", () => generator({ machineId: 32 })],
  ["createGenerator maxWaitMs NaN", "OPTION_INVALID", () => generator({ maxWaitMs: Number.NaN })],
  ["createGenerator maxWaitMs -1", "OPTION_INVALID", () => generator({ maxWaitMs: -1 })],
  ["createGenerator maxWaitMs text", "OPTION_INVALID", () => generator({ maxWaitMs: "5" })],
  ["createGenerator sequenceStart", "OPTION_INVALID", () => generator({ sequenceStart: "one" })],
  ["createGenerator floor NaN", "OPTION_INVALID", () => generator({ window: { floor: Number.NaN, admit: Number } })],
  [
    "createGenerator before its epoch",
    "EPOCH_IN_FUTURE",
    () => generator({ layout: defineLayout({ epoch: "2999-01-01" }) }),
  ],
  [
    "createGenerator after its life",
    "LIFETIME_OVER",
    () => generator({ layout: defineLayout({ epoch: "1900-01-01" }) }),
  ],
  [
    "createGenerator with 10 timestamp bits",
    "LIFETIME_OVER",
    () => generator({ layout: defineLayout({ timestampBits: 10 }) }),
  ],
  [
    "createGenerator clock NaN",
    "CLOCK_UNREADABLE",
    () => generator({ clock: { ...systemClock, now: () => Number.NaN } }),
  ],
  ["nextNumber with 63 bits", "NUMBER_INEXACT", () => generator({}).nextNumber()],
  ...NO_COUNTS.map(
    ([value, bad]): Row => [
      `reserve count: ${value}`,
      "COUNT_INVALID",
      () => generator({}).reserve(bad as never, Date.now()),
    ],
  ),
  ["steadyClock toleranceMs NaN", "OPTION_INVALID", () => steadyClock(systemClock, { toleranceMs: Number.NaN })],
  ["sleep NaN", "SLEEP_INVALID", () => systemClock.sleep(Number.NaN)],
];

describe("a call of core with bad input", () => {
  it.each(rows)("%s is refused with %s", async (_name, code, call) => expectRefusal(await outcomeOf(call), code));
});
