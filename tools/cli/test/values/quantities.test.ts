import { expect, it } from "vitest";
import { parseDurationMs } from "../../src/values/duration.js";
import { parseRatePerSecond } from "../../src/values/rate.js";
import { parseSize } from "../../src/values/size.js";
import { parseTimeMs } from "../../src/values/time.js";

it.each([
  ["a size", parseSize, "1.5k", 1500],
  ["a duration", parseDurationMs, "1.5s", 1500],
  ["a rate", parseRatePerSecond, "90k/min", 1500],
  ["a time", parseTimeMs, "1500", 1500],
] as const)(
  "%s is read, and one that is none is refused with its option's name and value",
  (_name, parse, text, value) => {
    expect(parse(text, "--option")).toBe(value);
    expect(() => parse("1.5 k", "--option")).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringMatching(/--option.*"1\.5 k"/) }),
    );
  },
);
