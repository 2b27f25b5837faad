import { countText, defineLayout, durationText, shareText } from "@shardflake/core";
import { capacityOf } from "@shardflake/core/capacity";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { browserPath, launchBrowser, openPage } from "./browser.js";

const TWITTER = "#a=41/5/5/12/1ms/2010-11-04T01:42:54.657Z";

const knob = (page: Page, section: string, layout = "A"): Locator =>
  page.getByRole("slider", { name: new RegExp(`^Layout ${layout}: .* and ${section}$`) });
const fact = (page: Page, name: string): Locator =>
  page.getByRole("row", { name: new RegExp(`^${name} `) }).getByRole("cell");
const highlight = (page: Page, name: string): Locator =>
  page.locator(".highlight", { hasText: name }).locator("strong");
const field = (page: Page, label: string): Locator => page.getByRole("textbox", { name: label, exact: true });
const message = (page: Page, label: string): Locator => page.locator(".field", { hasText: label }).locator(".message");

/** Pixels of one bit on the bar. */
async function cellOf(page: Page): Promise<number> {
  const box = await page.locator(".segments").first().boundingBox();
  return box!.width / 64;
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  return { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 };
}

describe.skipIf(browserPath === undefined)("the planner page", { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => await browser?.close());
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });

  it("works from the disk, asks for nothing and says what core says", async () => {
    const { page, complaints } = await openPage(browser, `${TWITTER}&rate=3.9M/s&machines=1&burst=5000&skew=10ms`);
    const layout = defineLayout({ epoch: "2010-11-04T01:42:54.657Z" });
    const load = { idsPerSecond: 3.9e6, machinesInUse: 1, burstIds: 5000, skewMs: 10, windowMs: 6000 };
    const { exhaustion, wait } = capacityOf(layout, load);
    const every = durationText(1 / exhaustion.probability);
    expect(await fact(page, "Exhausted ticks").textContent()).toBe(
      `${shareText(exhaustion.probability, exhaustion.lnProbability)}, one every ${every}`,
    );
    expect(await fact(page, "Mean wait").textContent()).toBe(durationText(wait.kind === "stable" ? wait.meanTicks : 0));
    expect(await highlight(page, "Lifetime").textContent()).toBe("69.7 years");
    expect(await fact(page, "Last day").textContent()).toBe("10 July 2080");
    expect(await page.getByRole("img", { name: /^Layout A lasts from/ }).getAttribute("aria-label")).toContain("2080");
    expect(await page.getByRole("img", { name: /^Mean wait/ }).getAttribute("aria-label")).toContain("3,900,000");
    expect(complaints).toEqual([]);
  });

  it("follows a border that is dragged by mouse, wherever the knob is taken hold of", async () => {
    const { page } = await openPage(browser, TWITTER);
    const cell = await cellOf(page);
    const from = await middleOf(knob(page, "datacenter"));
    await page.mouse.move(from.x + 9, from.y - 6);
    await page.mouse.down();
    await page.mouse.move(from.x + 9 - 3 * cell, from.y + 300, { steps: 6 });
    await page.mouse.up();
    // The knob is let go: it does not follow any more.
    await page.mouse.move(from.x + 200, from.y);
    expect(await field(page, "Timestamp").inputValue()).toBe("38");
    expect(await field(page, "Datacenter").inputValue()).toBe("8");
    expect(await highlight(page, "Lifetime").textContent()).toBe(durationText(2 ** 38));
    expect(await highlight(page, "Machine IDs").textContent()).toBe(countText(2 ** 13));
    expect(await knob(page, "datacenter").getAttribute("aria-valuetext")).toBe("timestamp 38 bits, datacenter 8 bits");
  });

  it("follows a border that is dragged by finger", async () => {
    const { page } = await openPage(browser, TWITTER, { hasTouch: true, viewport: { width: 375, height: 800 } });
    const cell = await cellOf(page);
    const { x, y } = await middleOf(knob(page, "sequence"));
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", px: number): Promise<unknown> =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: px, y }] });
    await touch("touchStart", x);
    for (let i = 1; i <= 4; i++) await touch("touchMove", x + i * cell);
    await touch("touchEnd", x);
    expect(await field(page, "Sequence").inputValue()).toBe("8");
    expect(await field(page, "Machine").inputValue()).toBe("9");
  });

  it("follows the keys, and stops where a section ends", async () => {
    const { page } = await openPage(browser, TWITTER);
    const bits = (): Promise<string[]> =>
      Promise.all(["Timestamp", "Datacenter", "Machine", "Sequence"].map((label) => field(page, label).inputValue()));
    await page.keyboard.press("Tab");
    await knob(page, "machine").focus();
    for (const [key, expected] of [
      ["ArrowRight", "41/6/4/12"],
      ["ArrowLeft", "41/5/5/12"],
      ["ArrowUp", "41/6/4/12"],
      ["PageDown", "41/2/8/12"],
      ["Home", "41/0/10/12"],
      ["ArrowLeft", "41/0/10/12"],
      ["End", "41/10/0/12"],
      ["x", "41/10/0/12"],
    ] as const) {
      await page.keyboard.press(key);
      expect((await bits()).join("/")).toBe(expected);
    }
    // A shorter timestamp makes the whole ID shorter, down to what JavaScript can count.
    await knob(page, "timestamp").focus();
    for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowRight");
    expect(await page.locator(".js-border").textContent()).toBe("exact in JavaScript ✓");
    expect(await fact(page, "JavaScript numbers").textContent()).toBe("always exact");
  });

  it("is a link: the address follows, opens as the same plan, and can be changed by hand", async () => {
    const { page } = await openPage(browser, "");
    await field(page, "IDs needed").fill("2M/min");
    await knob(page, "sequence").focus();
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction(() => location.hash.includes("41/5/4/13") && location.hash.includes("rate=2M/min"));
    const { page: copy } = await openPage(browser, new URL(page.url()).hash);
    expect(await field(copy, "Sequence").inputValue()).toBe("13");
    expect(await field(copy, "IDs needed").inputValue()).toBe("2M/min");
    await copy.evaluate(() => {
      location.hash = "#a=39/0/16/8/10ms/2020-01-01";
    });
    await copy.locator(".highlight", { hasText: "174 years" }).waitFor();
  });

  it("compares two layouts side by side", async () => {
    const { page } = await openPage(browser, TWITTER);
    await page.getByRole("button", { name: "Compare with another" }).click();
    expect(await page.getByLabel("Preset").nth(1).inputValue()).toBe("js-safe");
    await page.getByLabel("Preset").nth(1).selectOption("instagram");
    expect(await highlight(page, "Machine IDs").allTextContents()).toEqual(["1,024", "8,192"]);
    expect(await fact(page, "Ceiling").allTextContents()).toEqual(["4,194,304,000/s", "8,388,608,000/s"]);
    await knob(page, "sequence", "B").focus();
    await page.keyboard.press("ArrowRight");
    expect(await highlight(page, "Machine IDs").allTextContents()).toEqual(["1,024", "16,384"]);
    await page.getByRole("button", { name: "Remove" }).click();
    expect(await highlight(page, "Machine IDs").allTextContents()).toEqual(["1,024"]);
  });

  it("takes a pasted ID apart along the bar", async () => {
    const { page } = await openPage(browser, TWITTER);
    await field(page, "Take an ID apart").fill("1541815603606036480");
    expect(await page.locator(".id-sections").innerText()).toMatch(
      /time\s+2022-06-28T16:07:40.105Z\s+datacenter\s+11\s+machine\s+26\s+sequence\s+0/,
    );
    const bits = (await page.locator(".id-bits").textContent())!;
    expect(BigInt(`0b${bits}`)).toBe(1541815603606036480n);
    await field(page, "Take an ID apart").fill("not an ID");
    expect(await message(page, "Take an ID apart").textContent()).toMatch(/^Expected an ID in decimal.*such as/);
    expect(await page.locator(".id-bits").count()).toBe(0);
  });

  it.each([
    ["Sequence", "13", "short enough for 63 bits in all, such as 12, got “13”"],
    ["Timestamp", "-1", "Expected 1 to 53 bits, such as 12, got “-1”"],
    ["Tick", "0ms", "Expected a duration from 1ms, such as 1ms or 10ms, got “0ms”"],
    ["Epoch", "2020-02-30", "Expected a time, such as 2020-01-01"],
    ["IDs needed", "10kk", "Expected a rate above 0, such as 10k/s, 2M/min or 100/h, got “10kk”"],
    ["IDs needed", "-5/s", "Expected a rate above 0"],
    ["Machine IDs in use", "1025", "Expected 1 to 1,024 machine IDs, such as 1, got “1025”"],
  ])("says beside the field what is wrong: %s %s", async (label, text, expected) => {
    const { page } = await openPage(browser, TWITTER);
    const input = field(page, label);
    await input.fill(text);
    expect(await message(page, label).textContent()).toContain(expected);
    expect(await input.getAttribute("aria-invalid")).toBe("true");
    const described = await input.getAttribute("aria-describedby");
    const texts = await Promise.all(described!.split(" ").map((id) => page.locator(`#${id}`).textContent()));
    expect(texts.join(" ")).toContain(expected);
    // The bar still shows the last layout that could be.
    expect(await knob(page, "sequence").getAttribute("aria-valuetext")).toBe("machine 5 bits, sequence 12 bits");
  });

  it("has room at 375 pixels, with knobs for fingers", async () => {
    const { page } = await openPage(browser, `${TWITTER}&b=38/0/9/5/10ms/2024-01-01&id=1541815603606036480`, {
      viewport: { width: 375, height: 800 },
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
    const boxes = await Promise.all((await page.getByRole("slider").all()).map((slider) => slider.boundingBox()));
    for (const [i, box] of boxes.entries()) {
      expect(box!.width).toBeGreaterThanOrEqual(34);
      expect(box!.height).toBeGreaterThanOrEqual(44);
      expect(box!.x + box!.width).toBeLessThanOrEqual(375);
      const next = boxes[i + 1];
      if (next !== undefined && next!.y === box!.y) expect(next!.x).toBeGreaterThanOrEqual(box!.x + box!.width - 0.01);
    }
  });
});
