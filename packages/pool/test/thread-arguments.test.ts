import { expect, it } from "vitest";
import { threadArguments } from "../src/thread-arguments.js";

it("leaves a thread to inherit what it can", () => {
  expect(threadArguments([])).toBeUndefined();
  expect(threadArguments(["--import=tsx", "--conditions=source"])).toBeUndefined();
});

it("drops what only a program on the command line can have", () => {
  expect(threadArguments(["--input-type=module", "--import=tsx", "--eval", "code"])).toEqual(["--import=tsx"]);
  expect(threadArguments(["--input-type", "module", "-p", "1 + 1", "--trace-warnings"])).toEqual(["--trace-warnings"]);
});
