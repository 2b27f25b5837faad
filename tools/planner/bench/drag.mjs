/**
 * How long the page takes to follow a border that is dragged, in a real browser: from the pointer's event until everything
 * is computed, rendered and laid out. Bound: 16 ms, one frame. Prints one line a plan; ends with 1 when a middle one of a
 * hundred is above the bound.
 */
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const BOUND_MS = 16;
const PASSES = 6;
const PAGE = pathToFileURL(fileURLToPath(new URL("../dist/page/index.html", import.meta.url))).href;
const PLANS = [
  ["classic", ""],
  ["near the ceiling", "#a=41/5/5/12/1ms/2020-01-01&rate=4M/s"],
  ["short sequence", "#a=51/5/5/2/1ms/2020-01-01&rate=3.5k/s"],
  ["two layouts and an ID", "#a=41/5/5/12/1ms/2020-01-01&b=38/0/9/5/10ms/2024-01-01&rate=3k/s&id=1541815603606036480"],
];

const executablePath = [process.env.CHROMIUM_PATH, "/usr/bin/chromium"].find((path) => path && existsSync(path));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
let isSlow = false;
for (const [name, hash] of PLANS) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(PAGE + hash);
  await page.locator(".knob").first().waitFor();
  await page.evaluate(() => {
    globalThis.followedMs = [];
    let before = location.hash;
    const bits = () => [...document.querySelectorAll(".knob")].map((knob) => knob.ariaValueNow).join();
    before = bits();
    addEventListener(
      "pointermove",
      () => {
        const startMs = performance.now();
        const { port1, port2 } = new MessageChannel();
        // Arrives when the handlers and the rendering that they asked for are done.
        port1.onmessage = () => {
          document.body.getBoundingClientRect();
          const ms = performance.now() - startMs;
          const now = bits();
          if (now !== before) globalThis.followedMs.push(ms);
          before = now;
        };
        port2.postMessage(null);
      },
      { capture: true },
    );
  });
  const cell = (await page.locator(".segments").first().boundingBox()).width / 64;
  for (const border of [1, 2, 3]) {
    const box = await page.locator(`.knob.border-${border}`).first().boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let pass = 0; pass < PASSES; pass++) {
      for (const to of [-4, 0, 4, 0]) await page.mouse.move(x + to * cell, y, { steps: 8 });
    }
    await page.mouse.up();
  }
  const ms = (await page.evaluate(() => globalThis.followedMs)).sort((a, b) => a - b);
  const at = (share) => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))];
  isSlow ||= at(0.99) > BOUND_MS;
  const figures = [0.5, 0.9, 0.99].map((share) => `p${share * 100} ${at(share).toFixed(1)} ms`).join("  ");
  console.log(
    `${name.padEnd(24)} ${`${ms.length}`.padStart(4)} moves  ${figures}  max ${ms.at(-1).toFixed(1)} ms  (bound ${BOUND_MS} ms)`,
  );
  await page.close();
}
await browser.close();
process.exitCode = isSlow ? 1 : 0;
