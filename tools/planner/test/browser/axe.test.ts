import axe, { type AxeResults } from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserPath, launchBrowser, openPage } from "./browser.js";

declare global {
  interface Window {
    axe: { run(): Promise<AxeResults> };
  }
}

const PLANS: readonly (readonly [string, string])[] = [
  ["one layout", ""],
  ["two layouts and an ID", "#b=38/0/9/5/10ms/2024-01-01&id=1541815603606036480&rate=3.1M/s&machines=4"],
  ["wrong fields", "#a=41/5/5/13/0ms/soon&rate=10kk&machines=0&burst=x&skew=&id=x"],
  ["a load beyond the ceiling", "#a=41/5/5/1/1ms/2020-01-01&rate=1G/s"],
];

describe.skipIf(browserPath === undefined)("axe finds nothing on the planner page", { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => await browser?.close());

  it.each(PLANS)("with %s, in the light and in the dark, wide and narrow", async (_name, hash) => {
    // The page's own policy lets nothing in, not even the checker.
    const { page } = await openPage(browser, hash, { bypassCSP: true });
    await page.addScriptTag({ content: axe.source });
    for (const [colorScheme, width] of [
      ["light", 1280],
      ["dark", 375],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const { violations, passes } = await page.evaluate(() => window.axe.run());
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
      expect(found).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain("color-contrast");
    }
    await page.context().close();
  });
});
