import { describe, expect, it } from "vitest";
import { longestGapMs, longestSilenceMs } from "../../src/measurement/silence.js";
import { receivedOf } from "../received.js";

const at = (client: number, completedMs: number) => ({ id: 1n, client, requestedMs: completedMs, completedMs });

describe("after a kill at 10 ms", () => {
  const all = receivedOf([at(0, 1), at(1, 2), at(0, 9), at(1, 12), at(2, 30), at(1, 40), at(2, 90)]);

  it("the longest silence is that of a client that was there before and stayed", () => {
    expect(longestSilenceMs(all, 10)).toBe(28);
  });

  it("there is none where nobody survived", () => {
    expect(longestSilenceMs(receivedOf([at(0, 1), at(1, 30), at(1, 90)]), 10)).toBeUndefined();
  });

  it("the longest gap is that of all clients together", () => {
    expect(longestGapMs(all, 10)).toBe(50);
  });
});
