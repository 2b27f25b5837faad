import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const PATHS = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser of this machine; undefined where there is none, which a continuous check does not forgive. */
export const browserPath: string | undefined = PATHS.find((path) => path !== undefined && existsSync(path));

if (browserPath === undefined) {
  const message = "no Chromium on this machine (apt-get install chromium, or set CHROMIUM_PATH)";
  if (process.env.CI === "true") throw new Error(`Expected a browser for the planner's tests, got ${message}.`);
  process.stderr.write(`\nSKIPPED: the planner in a browser: ${message}\n\n`);
}

const PAGE = pathToFileURL(fileURLToPath(new URL("../../dist/page/index.html", import.meta.url))).href;

export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: browserPath!,
    args: [
      // Containers run as root, where Chromium has no sandbox.
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** The built page from the disk, and what it complained of or asked for beside itself. */
export interface OpenPage {
  readonly page: Page;
  readonly complaints: readonly string[];
}

export async function openPage(browser: Browser, hash: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(PAGE) && !request.url().startsWith("data:"))
      complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(PAGE + hash);
  await page.getByRole("heading", { name: "Shardflake planner" }).waitFor();
  return { page, complaints };
}
