/**
 * How long the page takes to follow a border that is dragged, in a real browser: from the pointer's event until everything
 * is computed, rendered and laid out. Bound: 16 ms, one frame, for every move. Prints one line a plan; ends with 1 when a
 * move is above the bound.
 *
 * Moves begin a second after the page is loaded, because until then the browser's own start takes both cores of a small
 * machine; nobody takes hold of a border sooner. From then on the first move counts like any other.
 *
 *   --runs N       the plans so many times, each in a page of its own (1)
 *   --throttle N   a processor so many times slower: prints figures, and never ends with 1
 */
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "1" }, throttle: { type: "string", default: "1" } },
});
const [runs, throttle] = [Number(values.runs), Number(values.throttle)];
const BOUND_MS = 16;
/** How often each border goes four bits to the left and to the right, and in how many events each way. */
const PASSES = 6;
const STEPS = 8;
const PAGE = pathToFileURL(fileURLToPath(new URL("../dist/page/index.html", import.meta.url))).href;
const PLANS = [
  ["classic", ""],
  ["near the ceiling", "#a=41/5/5/12/1ms/2020-01-01&rate=4M/s"],
  ["short sequence", "#a=51/5/5/2/1ms/2020-01-01&rate=3.5k/s"],
  ["two layouts and an ID", "#a=41/5/5/12/1ms/2020-01-01&b=38/0/9/5/10ms/2024-01-01&rate=3k/s&id=1541815603606036480"],
  ["at 99.89 % of the ceiling", "#a=41/5/5/12/1ms/2020-01-01&b=41/5/5/2/1ms/2020-01-01&rate=3.9955k/s"],
];

const executablePath = [process.env.CHROMIUM_PATH, "/usr/bin/chromium"].find((path) => path && existsSync(path));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
let isSlow = false;
for (const [name, hash] of Array.from({ length: runs }, () => PLANS).flat()) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(PAGE + hash);
  await page.locator(".knob").first().waitFor();
  await page.waitForTimeout(1000);
  const session = await page.context().newCDPSession(page);
  if (throttle !== 1) await session.send("Emulation.setCPUThrottlingRate", { rate: throttle });
  // Plain events: the library's mouse runs scripts of its own in the page at every move of a pressed button.
  const mouse = (type, x, y) =>
    session.send("Input.dispatchMouseEvent", { type, x, y, button: "left", buttons: 1, clickCount: 1 });
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
    await mouse("mousePressed", x, y);
    let at = 0;
    for (const to of Array.from({ length: PASSES }, () => [-4, 0, 4, 0]).flat()) {
      for (let step = 1; step <= STEPS; step++)
        await mouse("mouseMoved", x + (at + ((to - at) * step) / STEPS) * cell, y);
      at = to;
    }
    await mouse("mouseReleased", x, y);
  }
  const ms = (await page.evaluate(() => globalThis.followedMs)).sort((a, b) => a - b);
  const at = (share) => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))];
  isSlow ||= ms.at(-1) > BOUND_MS;
  const figures = [0.5, 0.9, 0.99].map((share) => `p${share * 100} ${at(share).toFixed(1)} ms`).join("  ");
  console.log(
    `${name.padEnd(26)} ${`${ms.length}`.padStart(4)} moves  ${figures}  max ${ms.at(-1).toFixed(1)} ms  (bound ${BOUND_MS} ms)`,
  );
  await page.close();
}
await browser.close();
process.exitCode = isSlow && throttle === 1 ? 1 : 0;
