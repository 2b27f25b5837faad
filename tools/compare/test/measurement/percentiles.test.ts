import { expect, it } from "vitest";
import { latencyOf } from "../../src/measurement/percentiles.js";

it("takes the smallest latency that the share of requests does not exceed", () => {
  const requested = new Float64Array(1000).fill(5);
  const completed = Float64Array.from({ length: 1000 }, (_, i) => 5 + (1000 - i));
  expect(latencyOf(requested, completed)).toEqual({ requests: 1000, p50Ms: 500, p99Ms: 990, p999Ms: 999 });
});
