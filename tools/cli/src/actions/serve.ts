import { once } from "node:events";
import { startServer } from "@shardflake/server";
import type { ServeOptions } from "../commands/serve.js";
import type { CommandContext } from "../context.js";
import { parseServeRequest } from "./serve/request.js";

/** Giving machine IDs back comes after the drain, and has as long as every command has for it. */
const RELEASE_MS = 2000;

/** Serves until a signal comes, then answers what is in work and ends well. */
export async function serve(options: ServeOptions, { signal, endWell }: CommandContext): Promise<void> {
  const request = await parseServeRequest(options, signal);
  endWell(request.drainMs + RELEASE_MS);
  const listening = await startServer(request);
  try {
    if (options.quiet !== true) process.stderr.write(`shardflake: listening on ${listening.url}, API at /docs\n`);
    if (!signal.aborted) await once(signal, "abort");
  } finally {
    await listening.close();
  }
}
