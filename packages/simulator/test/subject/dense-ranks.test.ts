import { expect, it } from "vitest";
import { denseRanks } from "../../src/subject/dense-ranks.js";

it("texts have the ranks of their order, and equal ones the same", () => {
  const { rankOf, textOf } = denseRanks(["b", "a", "B", "b", "aa"], 4);
  expect(["B", "a", "aa", "b"].map(rankOf)).toEqual([1, 2, 3, 4]);
  expect(textOf(4)).toBe("b");
});

it("more texts than can be compared are refused", () => {
  expect(() => denseRanks(["a", "b", "b", "a", "c"], 2)).toThrow(
    expect.objectContaining({ code: "SUBJECT_TEXTS_MANY" }),
  );
});
