import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guard } from "../../src/guard/guard.js";
import { MOST_ATTEMPTS, type Reference } from "../../src/guard/judge.js";

const reference = fc.record({
  ratio: fc.double({ min: 0.05, max: 50, noNaN: true }),
  band: fc.double({ min: 0.1, max: 1, noNaN: true }),
});

/** Measures what is planned, one attempt after the other. */
function planned(attempts: readonly number[]): {
  readonly measure: () => Promise<number>;
  readonly made: () => number;
} {
  let made = 0;
  return { measure: async () => attempts[made++]!, made: () => made };
}

describe("the guard against regressions", () => {
  it("fails on a ratio that is beyond its band in every attempt, however noisy", async () => {
    const slowdowns = fc.array(fc.double({ min: 1.01, max: 20, noNaN: true }), {
      minLength: MOST_ATTEMPTS,
      maxLength: MOST_ATTEMPTS,
    });
    await fc.assert(
      fc.asyncProperty(reference, slowdowns, async ({ ratio, band }, beyond) => {
        const { measure } = planned(beyond.map((times) => ratio * (1 + band) * times));
        expect((await guard({ probe: { ratio, band } }, measure)).regressed).toBe(true);
      }),
    );
  });

  it("passes when the noise leaves one attempt within the band, and then stops measuring", async () => {
    const within = fc.double({ min: -0.99, max: 0.99, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        reference,
        within,
        fc.nat(MOST_ATTEMPTS - 1),
        async ({ ratio, band }, noise, disturbedAttempts) => {
          const disturbed = new Array<number>(disturbedAttempts).fill(ratio * (1 + band) * 3);
          const { measure, made } = planned([...disturbed, ratio * (1 + band) ** noise]);
          expect((await guard({ probe: { ratio, band } }, measure)).regressed).toBe(false);
          expect(made()).toBe(disturbedAttempts + 1);
        },
      ),
    );
  });

  it("measures only what is suspicious again, and names only what regressed", async () => {
    const references: Record<string, Reference> = {
      steady: { ratio: 1, band: 0.2 },
      slow: { ratio: 2, band: 0.2 },
    };
    const measured: string[] = [];
    const { lines, regressed } = await guard(references, async (name) => {
      measured.push(name);
      return name === "slow" ? 2.5 : 1.1;
    });
    expect(regressed).toBe(true);
    expect(measured).toEqual(["steady", ...new Array<string>(MOST_ATTEMPTS).fill("slow")]);
    expect(lines.filter((line) => line.startsWith("SLOWER"))).toHaveLength(1);
  });

  it("says what it expected, what it got, and how to renew the references", async () => {
    const { lines } = await guard({ "fill / loop": { ratio: 0.5, band: 0.4 } }, async () => 0.9);
    expect(lines.join("\n")).toContain("fill / loop: expected 0.50, at most 0.70, got 0.90 at best in 5 attempts");
    expect(lines.join("\n")).toContain("npm run bench:guard -- --renew");
  });

  it("passes what became faster, and says so", async () => {
    const { lines, regressed } = await guard({ probe: { ratio: 1, band: 0.2 } }, async () => 0.5);
    expect(regressed).toBe(false);
    expect(lines[0]).toContain("faster than its band");
  });
});
