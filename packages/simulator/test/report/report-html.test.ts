import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outcome } from "../../src/outcome/outcome.js";
import { startRecorder } from "../../src/report/recorder.js";
import { reportHtml } from "../../src/report/report-html.js";
import type { Fault } from "../../src/scenario/fault.js";
import { parseScenario } from "../../src/scenario/parse-scenario.js";
import { ranWith, scenarioWith } from "../search/planted.js";
import { browserPath, launchBrowser } from "./browser.js";

const directory = mkdtempSync(join(tmpdir(), "report-test-"));
const NASTY = "</script><!--<script>document.title='taken'</script>";
const REPLAY = `npx shardflake simulate found.json --subject '${NASTY}'`;

const faults: readonly Fault[] = [
  { kind: "step", atMs: 123_456, forMs: 0, on: [1], byMs: -98_765 },
  { kind: "wrong-year", atMs: 1_000_000, forMs: 600_000, on: "majority", byYears: -50 },
  { kind: "store", atMs: 2_000_000, forMs: 60_000, on: "all", trouble: "answers-lost", delayMs: 0 },
  { kind: "restart", atMs: 2_500_000, forMs: 5000, on: "one", exit: "kill", clockBehindMs: 86_400_000 },
];

const outcome: Outcome = {
  ...ranWith(() => undefined, scenarioWith(faults, { shards: 40 })).outcome,
  verdict: "fail",
  kRadius: Number.POSITIVE_INFINITY,
  invariants: [
    { name: "unique", verdict: "fail", figure: "1 duplicate", bound: "0" },
    { name: "ordered", verdict: "pass", figure: NASTY, bound: "0" },
  ],
  violations: [{ invariant: "unique", shard: 1, atMs: 2_505_000.5, ids: ["7943", "7943"], detail: NASTY }],
};

function page(changes: Partial<Outcome> = {}): string {
  const recorder = startRecorder(outcome.scenario);
  for (let atMs = 0; atMs < 3_600_000; atMs += 1000) recorder.issued(0, atMs, atMs + 2, 0.5, 0, 0, 50);
  return reportHtml({ outcome: { ...outcome, ...changes }, recording: recorder.recording(), replay: REPLAY });
}

describe("a report", () => {
  it("keeps its data in one piece, whatever is in it", () => {
    const html = page();
    const json = /<script id="report-data" type="application\/json">(.*?)<\/script>/s.exec(html)![1]!;
    const data = JSON.parse(json) as { outcome: Outcome; replay: string; scenarioText: string };
    expect(data.replay).toBe(REPLAY);
    expect(data.outcome.violations[0]!.detail).toBe(NASTY);
    expect(data.outcome.kRadius).toBe("Infinity");
    expect(parseScenario(JSON.parse(data.scenarioText))).toEqual(outcome.scenario);
  });

  it("names no other file and no address to load", () => {
    expect(page()).not.toMatch(/(src|href)="(?!data:)/);
    expect(page()).not.toMatch(/@import|url\(/);
  });

  it("is small for a long run of a large fleet", () => {
    const scenario = scenarioWith([{ ...faults[0]!, on: "all" }], {
      durationMs: 3.15e12,
      shards: 1024,
      layout: { datacenterBits: 0, machineBits: 10 },
    });
    expect(page({ scenario }).length).toBeLessThan(500_000);
  });
});

describe.skipIf(browserPath === undefined)("a report in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 30_000);
  afterAll(async () => {
    await browser.close();
    rmSync(directory, { recursive: true });
  });

  const problems: string[] = [];
  async function open(html: string, width = 1200, colorScheme: "light" | "dark" = "light"): Promise<Page> {
    const file = join(directory, "report.html");
    writeFileSync(file, html);
    problems.length = 0;
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    page.on("pageerror", ({ message }) => problems.push(message));
    page.on("console", (message) => problems.push(message.text()));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) problems.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  it.each([
    [1200, "light"],
    [375, "dark"],
  ] as const)(
    "draws itself without a word, an address or a sideways scroll, at %i px in the %s",
    async (width, scheme) => {
      const opened = await open(page(), width, scheme);
      expect(await opened.title()).toBe("shardflake simulate: fail");
      expect(await opened.locator("figure h3").allTextContents()).toEqual([
        "Faults",
        "Clock offset",
        "IDs issued",
        "Stalls",
      ]);
      expect(await opened.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
      expect(problems).toEqual([]);
      await opened.close();
    },
  );

  it("draws lines in the colours of its shards, and marks the violation", async () => {
    const opened = await open(page());
    const used = await opened.evaluate(() => {
      const names = ["line-1", "line-2", "line-8", "fail", "fault-process", "fault-store"];
      const style = getComputedStyle(document.documentElement);
      const seen = new Set<number>();
      for (const canvas of document.querySelectorAll("canvas")) {
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        for (let at = 0; at < data.length; at += 4)
          if (data[at + 3]! > 250) seen.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
      }
      return names.filter((name) => seen.has(Number.parseInt(style.getPropertyValue(`--${name}`).trim().slice(1), 16)));
    });
    expect(used).toEqual(["line-1", "line-2", "line-8", "fail", "fault-process", "fault-store"]);
    await opened.close();
  });

  it("says in words what the charts show", async () => {
    const opened = await open(page());
    const text = (await opened.locator("main").innerText()).replaceAll(/\s+/g, " ");
    for (const words of [
      "✕ fail",
      "k-sorted radius Infinity",
      "unique ✕ fail 1 duplicate 0",
      "unique 1 41 min 45.0005 s 7943 7943",
      "1 step 2 min 3.456 s an instant 1 by −1 min 38.765 s",
      "by −50 years",
      "trouble answers-lost",
      "exit kill, clock behind 1 d",
      "fault:store 1",
    ]) {
      expect(text).toContain(words);
    }
    expect(await opened.locator("section:has-text('Run it again') code").textContent()).toBe(REPLAY);
    expect(await opened.locator("details code").textContent()).toContain('"format": 1');
    expect(await opened.title()).toBe("shardflake simulate: fail");
    await opened.close();
  });

  it("shows values under the pointer, zooms where one drags and fits a narrower window", async () => {
    const opened = await open(page());
    const figure = opened.locator("figure:has-text('IDs issued')");
    const plot = figure.locator(".u-over");
    const box = (await plot.boundingBox())!;
    await plot.hover({ position: { x: box.width / 2, y: 20 } });
    expect(await figure.locator(".u-legend").innerText()).toMatch(/true time:?\s*30 min.*IDs issued:?\s*50\/s/s);

    await opened.mouse.down();
    await opened.mouse.move(box.x + box.width * 0.6, box.y + 20, { steps: 3 });
    await opened.mouse.up();
    await plot.hover({ position: { x: 5, y: 20 } });
    expect(await opened.locator("figure:has-text('Stalls') .u-legend").innerText()).toMatch(/true time:?\s*30 min/);

    await opened.setViewportSize({ width: 375, height: 800 });
    await opened.waitForFunction(() => document.querySelector("canvas")!.getBoundingClientRect().width < 375);
    expect(await opened.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    expect(problems).toEqual([]);
    await opened.close();
  });

  it("has words for times, spans and shards", async () => {
    const opened = await open(page());
    const call = (expression: string): Promise<unknown> => opened.evaluate(expression);
    expect(
      await call("[0, 0.0004, 0.02, 1, 999.9, 1500, -65_000, 7.2e6, 8.64e7, 3.2e10].map((ms) => spanText(ms))"),
    ).toEqual(["0", "0", "20 µs", "1 ms", "1 s", "1.5 s", "−1.08 min", "2 h", "1 d", "1.01 y"]);
    expect(await call("[0, 0.25, 60_000, -98_765, 90_061_001].map((ms) => timeText(ms))")).toEqual([
      "0",
      "250 µs",
      "1 min",
      "−1 min 38.765 s",
      "1 d 1 h 1 min 1.001 s",
    ]);
    expect(await call("[[], [3], [0, 1], [0, 1, 2, 5, 7, 8]].map(shardsText)")).toEqual([
      "",
      "3",
      "0, 1",
      "0–2, 5, 7, 8",
    ]);
    await opened.close();
  });
});
