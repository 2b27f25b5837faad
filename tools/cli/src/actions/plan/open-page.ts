import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { ShardflakeError } from "@shardflake/core";
import { openOutput } from "../../output.js";

/** Browsers on the same machine only. */
const LOOPBACK = "127.0.0.1";

/** The program that opens an address in whatever browser somebody uses, by platform. */
const OPENERS: Readonly<Record<string, string>> = { darwin: "open", win32: "explorer.exe", linux: "xdg-open" };

/**
 * Serves the planner page on loopback until the signal aborts, prints its address and opens it where somebody is looking.
 *
 * @param link the part of the address that holds the plan
 * @throws ShardflakeError `PAGE_MISSING` when the page was not built
 */
export async function openPage(link: string, signal: AbortSignal): Promise<void> {
  const server = serve(readPage());
  server.listen(0, LOOPBACK);
  await once(server, "listening", { signal });
  const { port } = server.address() as AddressInfo;
  const address = `http://${LOOPBACK}:${port}/${link}`;
  await openOutput().write(`${address}\n`);
  if (process.stdout.isTTY) show(address);
  await once(signal, "abort");
  server.closeAllConnections();
  server.close();
}

function readPage(): Buffer {
  const path = fileURLToPath(import.meta.resolve("@shardflake/planner/page"));
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new ShardflakeError("PAGE_MISSING", `Expected the planner page at ${path}, got none. Run npm run build.`, {
      cause,
    });
  }
}

function serve(page: Buffer): Server {
  return createServer((request, response) => {
    const isPage = request.url === "/" && (request.method === "GET" || request.method === "HEAD");
    response.writeHead(isPage ? 200 : 404, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    response.end(isPage && request.method === "GET" ? page : undefined);
  });
}

/** Whoever has no such program has the address. */
function show(address: string): void {
  const program = OPENERS[process.platform];
  if (program === undefined) return;
  const child = spawn(program, [address], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}
