import type { Scenario } from "../../scenario/scenario.js";
import { targetsOf } from "../../scenario/targets.js";

/** How much there is to understand in a scenario: whatever comes first counts most. */
export type Size = readonly [faults: number, shards: number, durationMs: number, detail: number];

export function sizeOf(scenario: Scenario): Size {
  const { faults, shards, durationMs, load } = scenario;
  let detail = load.kind === "poisson" ? 1 : 0;
  for (const value of Object.values(load)) detail += detailOf(value);
  faults.forEach((fault, place) => {
    const { kind: _, on: __, ...fields } = fault;
    detail += targetsOf(scenario, place).length;
    for (const value of Object.values(fields)) detail += detailOf(value);
  });
  return [faults.length, shards, durationMs, detail];
}

/** Negative where `a` is smaller. */
export function compareSizes(a: Size, b: Size): number {
  for (let place = 0; place < a.length; place++) {
    const difference = a[place]! - b[place]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A number is the more to understand the more digits it has and the larger it is. */
function detailOf(value: unknown): number {
  if (typeof value !== "number") return 0;
  const digits = `${Math.abs(value)}`
    .replace(/e.*$/, "")
    .replace(".", "")
    .replace(/^0+|0+$/g, "");
  return digits.length + Math.log10(1 + Math.abs(value)) + (value < 0 ? 0.5 : 0);
}
