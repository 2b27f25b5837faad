import { once } from "node:events";
import { connect } from "node:net";
import { defineLayout } from "@shardflake/core";
import { memoryStore, startLocalKeeper } from "@shardflake/pool";
import { describe, expect, it } from "vitest";
import { openService, problemOf } from "./services.js";

describe("the operation of the service", () => {
  it("is ready while it holds a window, and tells what operators watch", async () => {
    const { url } = await openService();
    await fetch(`${url}/v1/ids?count=7`);
    await fetch(`${url}/v1/ids?count=0`);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({
      status: "ready",
      windows: [{ machine: "0/0" }],
    });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/^shardflake_ids_issued_total 7$/m);
    expect(metrics).toMatch(/^shardflake_errors_total\{code="REQUEST_INVALID"\} 1$/m);
    for (const name of [
      "waits",
      "clock_steps",
      "window_left_seconds",
      "store_read_seconds_count",
      "horizon_lag_seconds",
    ]) {
      expect(metrics).toMatch(new RegExp(`^shardflake_${name}`, "m"));
    }
  });

  it("documents every route", async () => {
    const { url } = await openService();
    const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(paths).sort()).toEqual([
      "/healthz",
      "/metrics",
      "/readyz",
      "/v1/bounds",
      "/v1/horizon",
      "/v1/ids",
      "/v1/ids/{id}",
    ]);
    expect((await fetch(`${url}/docs`)).status).toBe(200);
  });

  it("lets nobody in without the token, except probes", async () => {
    const token = "correct-horse-battery-staple";
    const { url } = await openService({ access: { kind: "token", token } });
    const ask = (path: string, authorization?: string) =>
      fetch(url + path, authorization === undefined ? {} : { headers: { authorization } });
    for (const wrong of [undefined, "", `Bearer ${token}x`, `Bearer ${token.slice(1)}`, token, `Basic ${token}`]) {
      const refused = await ask("/v1/ids", wrong);
      expect(await problemOf(refused)).toMatchObject({ status: 401, code: "TOKEN_WRONG" });
    }
    for (const path of ["/metrics", "/docs", "/openapi.json", "/nope"]) expect((await ask(path)).status).toBe(401);
    expect((await ask("/v1/ids", `Bearer ${token}`)).status).toBe(200);
    expect((await ask("/healthz")).status).toBe(200);
    expect((await ask("/readyz")).status).toBe(200);
  });

  it("answers what is no HTTP with a problem, and goes on", async () => {
    const { url } = await openService();
    const { port } = new URL(url);
    for (const sent of ["garbage\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", `GET /${"x".repeat(20_000)} HTTP/1.1\r\n\r\n`]) {
      const socket = connect(Number(port), "127.0.0.1");
      socket.end(sent);
      let answer = "";
      socket.on("data", (chunk: Buffer) => {
        answer += chunk;
      });
      await once(socket, "close");
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer).toContain("application/problem+json");
    }
    const large = await fetch(`${url}/v1/ids`, { method: "POST", body: "x".repeat(5000) });
    expect(large.status).toBeGreaterThanOrEqual(400);
    expect(large.status).toBeLessThan(500);
    expect((await fetch(`${url}/v1/ids`)).status).toBe(200);
  });

  it("answers what is in work before it ends, and gives its machine IDs back", async () => {
    // Ten IDs take half a second.
    const layout = defineLayout({ timestampBits: 36, sequenceBits: 0, tickMs: 50 });
    const store = memoryStore("drained");
    const service = await openService({ pool: { layout, store } });
    const answer = fetch(`${service.url}/v1/ids?count=10`);
    await fetch(`${service.url}/v1/ids`);
    const closed = service.close();
    expect(((await (await answer).json()) as { ids: string[] }).ids).toHaveLength(10);
    await closed;
    await expect(fetch(`${service.url}/v1/ids`)).rejects.toThrow();
    const keeper = await startLocalKeeper({ store, layout });
    expect((await keeper.inspect()).map(({ claimed }) => claimed)).toEqual([false]);
    await keeper.close();
  });

  it("refuses with 503 while no machine ID can be had, and recovers by itself", async () => {
    const store = memoryStore("taken");
    const only = { store, datacenterId: 0, machineIds: [3], windowMs: 300 };
    const { url } = await openService({ pool: only, maxWaitMs: 100 });
    const layout = defineLayout();
    const keeper = await startLocalKeeper({ store, layout, windowMs: 300 });
    await keeper.forceRelease(0, 3);
    const among = [{ datacenterId: 0, machineId: 3 }];
    const [lease] = await keeper.acquire({ count: 1, wanted: { purpose: "live" }, among, waitMs: 5000 });
    let refused = await fetch(`${url}/v1/ids`);
    while (refused.ok) refused = await fetch(`${url}/v1/ids`);
    expect((await problemOf(refused)).status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    await keeper.release([lease!]);
    let served = await fetch(`${url}/v1/ids`);
    while (!served.ok) served = await fetch(`${url}/v1/ids`);
    await keeper.close();
  }, 20_000);
});
