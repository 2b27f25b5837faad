import { ClockError, LayoutError, ParseError, ShardflakeError } from "@shardflake/core";
import { CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { errorLine, exitCodeOf, OutputClosedError } from "../src/exit.js";
import { InputError } from "../src/input-error.js";

describe("exit codes", () => {
  it.each<[unknown, number]>([
    [new CommanderError(0, "commander.helpDisplayed", ""), 0],
    [new OutputClosedError(), 0],
    [new CommanderError(1, "commander.unknownOption", ""), 2],
    [new InputError("USAGE", ""), 2],
    [new ParseError("PARSE_LINE", ""), 2],
    [new LayoutError("LAYOUT_INVALID", ""), 2],
    [new ShardflakeError("COUNT_INVALID", ""), 2],
    [new ShardflakeError("AUDIT_MEMORY", ""), 3],
    [new ClockError("CLOCK_BEHIND", ""), 3],
    [new TypeError("x is not a function"), 3],
    ["a string", 3],
    [undefined, 3],
  ])("%o exits with %i", (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});

describe("the line for stderr", () => {
  it("is one line with the code, without a stack trace", () => {
    const error = new ShardflakeError("OUTPUT_FAILED", "Expected room,\n  got none.");
    expect(errorLine(error)).toBe("shardflake: Expected room, got none. [OUTPUT_FAILED]\n");
  });

  it("shows what a terminal would obey or hide", () => {
    const [bom, csi, override] = ["\ufeff", "\u009b31m", "\u202e"];
    expect(errorLine(new InputError("USAGE", `got "${bom}5", ${csi}\u001b[2J and ${override}.`))).toBe(
      'shardflake: got "\\ufeff5", \\u009b31m\\u001b[2J and \\u202e. [USAGE]\n',
    );
  });

  it("is not there when commander has spoken, or nothing is wrong", () => {
    expect(errorLine(new CommanderError(1, "commander.unknownOption", "x"))).toBeUndefined();
    expect(errorLine(new OutputClosedError())).toBeUndefined();
  });
});
