import type { Outcome } from "@shardflake/simulator";
import { describe, expect, it } from "vitest";
import { documentOf } from "../../src/actions/simulate/document.js";

describe("the document of a run", () => {
  it("says infinity where there is no number for it", () => {
    const outcome = {
      verdict: "fail",
      traceHash: null,
      scenario: {},
      issued: 0,
      refused: 5,
      stallMs: { p50: Number.NaN, p99: 1, max: Number.POSITIVE_INFINITY },
      kRadius: Number.POSITIVE_INFINITY,
      largestInversionMs: Number.NEGATIVE_INFINITY,
      invariants: [],
      violations: [],
      coverage: { "fault:step": 1 },
    } as unknown as Outcome;
    const text = documentOf(outcome, "replay it");
    expect(text.endsWith("}\n")).toBe(true);
    expect(JSON.parse(text)).toEqual({
      ...outcome,
      stallMs: { p50: "NaN", p99: 1, max: "Infinity" },
      kRadius: "Infinity",
      largestInversionMs: "-Infinity",
      replay: "replay it",
    });
  });
});
