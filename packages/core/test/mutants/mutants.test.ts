import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keeps } from "../generator/property.js";
import { mutants } from "./mutants.js";

describe("the generator's properties", () => {
  it.each(mutants)("find the fault: $name", async ({ breaks, on, create }) => {
    const { failed } = await fc.check(keeps(breaks, on, create), { numRuns: 1000, endOnFailure: true });
    expect(failed).toBe(true);
  });
});
