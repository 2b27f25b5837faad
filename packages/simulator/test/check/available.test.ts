import { defineLayout } from "@shardflake/core";
import { describe, expect, test } from "vitest";
import { type Checks, createChecks, type Fault, type InvariantResult } from "../../src/index.js";
import { holdingOf, idOf } from "./observations.js";
import { scenarioOf } from "./scenario.js";

const layout = defineLayout({ epoch: 0 });
const PAUSE: Fault = { kind: "pause", atMs: 4000, forMs: 1000, on: "all" };
// scenarioOf allows stalls of 1000 ms, asks for half to be served, and for recovery within 1000 ms.

function available(tell: (checks: Checks) => void, faults: readonly Fault[] = [PAUSE]): InvariantResult {
  const checks = createChecks(scenarioOf(layout, faults), { kind: "windowed" });
  checks.held(holdingOf(), 0);
  checks.extended(0, 100_000, 0);
  tell(checks);
  return checks.result().invariants.find(({ name }) => name === "available")!;
}

function issue(checks: Checks, requestedMs: number, completedMs: number, count = 1): void {
  const id = idOf(layout, Math.ceil(requestedMs));
  checks.issued(0, requestedMs, completedMs, 0, Number(id >> 32n), Number(id & 0xffffffffn), count);
}

describe("available", () => {
  test("holds where a wait is as long as the bound, and is broken by a longer one", () => {
    expect(available((checks) => issue(checks, 10, 1010)).verdict).toBe("pass");
    expect(available((checks) => issue(checks, 10, 1010.5)).verdict).toBe("fail");
  });

  test("is broken by a request that waits too long for a refusal, or still waits at the end", () => {
    const served = (checks: Checks): void => issue(checks, 1, 1, 100);
    const refused =
      (untilMs: number) =>
      (checks: Checks): void => {
        served(checks);
        checks.refused(0, 10, untilMs, 1, "CLOCK_STEPPED_BACK");
      };
    const waiting =
      (endMs: number) =>
      (checks: Checks): void => {
        served(checks);
        checks.unanswered(0, 10, endMs, 1);
      };
    for (const told of [refused, waiting]) {
      expect(available(told(1010)).verdict).toBe("pass");
      expect(available(told(1011)).verdict).toBe("fail");
    }
  });

  test("is broken by a refusal without a code", () => {
    const told =
      (code: string | null) =>
      (checks: Checks): void => {
        issue(checks, 1, 1);
        checks.refused(0, 10, 10, 1, code);
      };
    expect(available(told("CLOCK_STEPPED_BACK")).verdict).toBe("pass");
    expect(available(told(null)).verdict).toBe("fail");
  });

  test("asks for a share of the IDs that were asked for", () => {
    const told =
      (refused: number) =>
      (checks: Checks): void => {
        issue(checks, 1, 1, 10);
        checks.refused(0, 10, 10, refused, "CLOCK_STEPPED_BACK");
      };
    expect(available(told(10)).verdict).toBe("pass");
    expect(available(told(11)).verdict).toBe("fail");
    expect(available(told(11)).figure).toContain("47.61 % served");
  });

  test("allows no refusal once the time to recover from the last fault is over", () => {
    const told =
      (atMs: number) =>
      (checks: Checks): void => {
        issue(checks, 1, 1, 10);
        checks.refused(0, atMs, atMs, 1, "CLOCK_STEPPED_BACK");
      };
    expect(available(told(6000)).verdict).toBe("pass");
    expect(available(told(6001)).verdict).toBe("fail");
    expect(available(told(1001), []).verdict).toBe("fail");
  });

  test("is unknown where nothing was asked for", () => {
    expect(available(() => {}).verdict).toBe("unknown");
  });
});

test("a fault that nobody saw leaves the run undecided, and faults and branches are counted", () => {
  const step: Fault = { kind: "step", atMs: 10, forMs: 0, on: [0], byMs: 5 };
  const checks = createChecks(scenarioOf(layout, [PAUSE, step, step]), { kind: "windowed" });
  const vacuous = (): InvariantResult => checks.result().invariants.find(({ name }) => name === "not-vacuous")!;
  checks.faultSeen(1, 0, 10);
  checks.faultSeen(1, 1, 11);
  checks.faultSeen(2, 0, 12);
  checks.branch("takeover");
  checks.branch("takeover");
  expect(vacuous()).toMatchObject({ verdict: "unknown", figure: "2 faults seen", bound: "all 3 scheduled" });
  expect(checks.result().coverage).toEqual({ "fault:pause": 0, "fault:step": 3, takeover: 2 });
  checks.faultSeen(0, 0, 4000);
  expect(vacuous().verdict).toBe("pass");
});
