import { describe, expect, it, vi } from "vitest";
import { freePorts } from "../../../../packages/pool/test/servers/free-port.js";
import { openRecipe } from "./recipe.js";

const STEPPING = new URL("./stepping-clock.mjs", import.meta.url).href;
const DIGITS = /^\d{18,19}$/;

async function order(url: string): Promise<{ readonly status: number; readonly id: string }> {
  const response = await fetch(`${url}/orders`, { method: "POST" });
  return { status: response.status, ...((await response.json()) as { id: string }) };
}

describe.each([
  ["fastify", openRecipe("fastify")],
  ["express", openRecipe("express")],
])("%s: the handler", (_, recipe) => {
  it("answers with other IDs in two processes, says when to come again while a clock is behind, and ends on SIGTERM", async () => {
    const servers = await Promise.all(
      [1, 2].map(() => recipe.start("server.mjs", 1, { PORT: "0", NODE_OPTIONS: `--import=${STEPPING}` })),
    );
    const answers = await Promise.all(
      servers.flatMap(({ lines }) => Array.from({ length: 20 }, () => order(lines[0]!))),
    );
    for (const { status, id } of answers) {
      expect(status).toBe(201);
      expect(id).toMatch(DIGITS);
    }
    expect(new Set(answers.map(({ id }) => id)).size).toBe(40);

    const [behind] = servers;
    behind!.signal("SIGUSR2");
    const refused = await vi.waitFor(async () => {
      const response = await fetch(`${behind!.lines[0]}/orders`, { method: "POST" });
      expect(response.status).toBe(503);
      return response;
    }, 10_000);
    expect(await refused.json()).toEqual({ code: "CLOCK_STEPPED_BACK" });
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(3000);
    expect(seconds).toBeLessThanOrEqual(3600);

    expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0]);
    expect(await recipe.held()).toBe(0);
  });
});

it("cluster: it answers with different IDs from all of its processes, replaces one that is killed, and ends on SIGTERM", async () => {
  const recipe = openRecipe("cluster");
  const [port] = await freePorts(1);
  const cluster = await recipe.start("cluster.mjs", 2, { PORT: `${port}`, WORKERS: "2" });
  const ids = new Set<string>();
  const pids = new Set<number>();
  let asked = 0;
  const ask = async (): Promise<void> => {
    // A connection that was dealt to a process just before it was killed is never answered.
    const signal = AbortSignal.timeout(2000);
    const response = await fetch(`http://127.0.0.1:${port}`, { headers: { connection: "close" }, signal });
    const { id, pid } = (await response.json()) as { id: string; pid: number };
    expect(id).toMatch(DIGITS);
    ids.add(id);
    pids.add(pid);
    asked++;
  };
  const until = async (size: number): Promise<void> => {
    const deadline = Date.now() + 20_000;
    while (pids.size < size && Date.now() < deadline) await ask().catch(() => {});
    expect(pids.size).toBe(size);
  };
  await until(2);
  process.kill([...pids][0]!, "SIGKILL");
  await until(3);
  expect(ids.size).toBe(asked);
  expect(await cluster.stop()).toBe(0);
  // The one that was killed gave nothing back.
  expect(await recipe.held()).toBeLessThanOrEqual(1);
}, 60_000);

it("worker-threads: they have as many different IDs as they issued", async () => {
  const recipe = openRecipe("worker-threads");
  expect(await recipe.run("main.mjs")).toBe("3000 IDs, 3000 different\n");
  expect(await recipe.held()).toBe(0);
});
