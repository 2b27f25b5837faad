import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TraceHash } from "../../src/observation/trace-hash.js";
import { parseScenario } from "../../src/scenario/parse-scenario.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { runVirtualWorld, type VirtualWorldOptions } from "../../src/virtual/virtual-world.js";

const DIRECTORY = new URL("./replay/", import.meta.url);
const HASHES = read("trace-hashes.json") as Readonly<Record<string, string>>;
const NAMES = readdirSync(DIRECTORY)
  .map((file) => file.slice(0, -".json".length))
  .filter((name) => name !== "trace-hashes");

test("every scenario has its hash, and every hash its scenario", () => {
  expect(Object.keys(HASHES).sort()).toEqual(NAMES.sort());
});

// Whoever changes what happens in a scenario, or what is told of it, changes these hashes: they are what this test says
// it received. A change that should not have had an effect is found here, as is a machine that computes otherwise.
test.each(NAMES)("%s: the trace is the committed one, on every run", (name) => {
  const scenario = parseScenario(read(`${name}.json`));
  expect(trace(scenario, {})).toBe(HASHES[name]);
  expect(trace(scenario, {})).toBe(HASHES[name]);
});

test.each(NAMES)("%s: answers that are worked out in lots are those that are worked out one by one", (name) => {
  const scenario = parseScenario(read(`${name}.json`));
  expect(trace(scenario, { answers: "one-by-one" })).toBe(HASHES[name]);
});

function trace(scenario: Scenario, options: VirtualWorldOptions): string {
  const hash = new TraceHash();
  runVirtualWorld(scenario, hash, options);
  return hash.digest();
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, DIRECTORY), "utf8"));
}
