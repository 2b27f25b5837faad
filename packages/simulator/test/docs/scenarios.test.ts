import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseScenario } from "../../src/scenario/parse-scenario.js";
import { anyFault } from "../scenario/arbitraries.js";

const page = readFileSync(new URL("../../../../docs/scenarios.md", import.meta.url), "utf8");
const example = JSON.parse(/^```json\n(.*?)^```$/ms.exec(page)![1]!) as { readonly faults: readonly unknown[] };
const written = [...page.matchAll(/^\| `(\{ "kind": .*?\})` \|/gm)].map(
  ([, json]) => JSON.parse(json!) as { kind: string },
);
const loads = written.filter((value) => !("atMs" in value));
const faults = written.filter((value) => "atMs" in value);

describe("docs/scenarios.md", () => {
  test("its example is a scenario", () => {
    expect(parseScenario(example).faults).toEqual(example.faults);
  });

  test.each(loads)("the load of kind $kind is one", (load) => {
    expect(parseScenario({ ...example, load }).load).toEqual(load);
  });

  test.each(faults)("the fault of kind $kind is one", (fault) => {
    expect(parseScenario({ ...example, faults: [fault] }).faults).toEqual([fault]);
  });

  test("every kind of fault is described", () => {
    const kinds = new Set(faults.map(({ kind }) => kind));
    for (const { kind } of fc.sample(anyFault, 500)) expect(kinds).toContain(kind);
  });
});
