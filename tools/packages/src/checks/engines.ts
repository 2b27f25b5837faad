import { existsSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { chromium } from "playwright-core";
import { runs } from "../command.js";
import type { Finding } from "../finding.js";
import type { Project } from "../project.js";
import { coreScript } from "./bundles.js";

const BROWSERS = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** core where there is no Node: a page, and an engine that has ECMAScript's own globals and nothing of a host. */
export async function checkEngines(core: Project): Promise<readonly Finding[]> {
  const script = await coreScript(core);
  const inBrowser = await inChromium(script);
  return [
    runs("core in Chromium", () => inBrowser),
    runs("core in a bare engine, clock injected", () => {
      const context = createContext(Object.create(null));
      runInContext("delete globalThis.console; delete globalThis.WebAssembly;", context);
      runInContext(script, context);
      return runInContext("firstId.fromInjectedClock()", context);
    }),
  ];
}

async function inChromium(script: string): Promise<string> {
  const executablePath = BROWSERS.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) {
    if (process.env.CI)
      throw new Error("Expected a Chromium for the check of core, got none. Install one or set CHROMIUM_PATH.");
    return "skipped: no Chromium on this machine";
  }
  // Containers run as root, where Chromium has no sandbox.
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    return String(await page.evaluate(`${script}\nfirstId.fromSystemClock()`));
  } finally {
    await browser.close();
  }
}
