import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PATHS = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser of this machine; undefined where there is none, which a continuous check does not forgive. */
export const browserPath: string | undefined = PATHS.find((path) => path !== undefined && existsSync(path));

if (browserPath === undefined) {
  const message = "no Chromium on this machine (apt-get install chromium, or set CHROMIUM_PATH)";
  if (process.env.CI) throw new Error(`Expected a browser for the report's tests, got ${message}.`);
  process.stderr.write(`\nSKIPPED: the report in a browser: ${message}\n\n`);
}

export async function launchBrowser(): Promise<Browser> {
  // Containers run as root, where Chromium has no sandbox.
  return await chromium.launch({ executablePath: browserPath!, args: ["--no-sandbox"] });
}
