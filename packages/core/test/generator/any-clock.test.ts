import fc from "fast-check";
import { describe, it } from "vitest";
import { createGenerator } from "../../src/index.js";
import { PlainGenerator } from "../mutants/plain-generator.js";
import { type Guarantee, guarantees } from "./guarantees.js";
import type { ClockKind, CreateGenerator } from "./history.js";
import { keeps } from "./property.js";

const clockKinds: readonly ClockKind[] = ["hostile", "steady over hostile", "well-behaved"];

/** Any implementation of a generator, on any clock, keeps every guarantee. */
function suite(create: CreateGenerator, numRuns: number): void {
  describe.each(clockKinds)("on a %s clock", (clockKind) => {
    it.each(Object.keys(guarantees) as Guarantee[])("%s", async (guarantee) => {
      await fc.assert(keeps(guarantee, clockKind, create), { numRuns });
    });
  });
}

describe("createGenerator", () => suite(createGenerator, 1000));
describe("the plain generator that the mutants break", () => suite((options) => new PlainGenerator(options), 200));
