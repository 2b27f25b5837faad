import { memoryStore } from "@shardflake/pool";
import { type Listening, type ServerOptions, startServer } from "@shardflake/server";
import { afterEach } from "vitest";

let stores = 0;
const open = new Set<Listening>();

afterEach(async () => {
  await Promise.all([...open].map((service) => service.close()));
  open.clear();
});

/** A service on a free port of loopback with a memory store of its own; closed when the test ends. */
export async function openService(options: Partial<ServerOptions> = {}): Promise<Listening> {
  const service = await startServer({
    host: "127.0.0.1",
    port: 0,
    access: { kind: "open" },
    pool: { store: memoryStore(`service-${++stores}`) },
    acquireMs: 1000,
    maxWaitMs: 1000,
    maxConcurrent: 100,
    drainMs: 2000,
    log: "silent",
    ...options,
  });
  open.add(service);
  return service;
}

/** The problem in an answer, with its status. */
export async function problemOf(response: Response): Promise<{ status: number; code?: string; detail?: string }> {
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json");
  return isProblem ? ((await response.json()) as { status: number; code: string }) : { status: response.status };
}
