import { describe, expect, it } from "vitest";
import { startRecorder } from "../../src/report/recorder.js";

describe("a recording", () => {
  it("counts IDs where they were completed, and shows the longest wait where it began", () => {
    const recorder = startRecorder({ durationMs: 60_000 });
    recorder.issued(0, 50, 60, 0.5, 0, 0, 10);
    recorder.issued(0, 150, 250, 2, 0, 0, 5);
    recorder.issued(1, 160, 170, 7, 0, 0, 1);
    recorder.issued(1, 199, 240, 1, 0, 0, 1);
    recorder.refused(1, 310, 320, 3, "X");
    recorder.unanswered(1, 420, 60_000, 9);
    const { partMs, issued, refused, worstStallMs, worstErrorMs } = recorder.recording();
    expect(partMs).toBe(100);
    expect([...issued.slice(0, 4)]).toEqual([10, 1, 6, 0]);
    expect([...refused.slice(0, 5)]).toEqual([0, 0, 0, 3, 0]);
    expect([...worstStallMs.slice(0, 5)]).toEqual([10, 100, 0, 10, 59_580]);
    expect([...worstErrorMs.slice(0, 4)]).toEqual([0.5, 7, 2, 0]);
  });

  it("is as large for a century as for a second, and keeps what came after the end", () => {
    for (const durationMs of [1000, 3.15e12]) {
      const recorder = startRecorder({ durationMs });
      recorder.issued(0, durationMs - 1, durationMs * 3, 0, 0, 0, 4);
      const { issued } = recorder.recording();
      expect(issued).toHaveLength(600);
      expect(issued[599]).toBe(4);
    }
  });
});
