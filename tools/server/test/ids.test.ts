import { decompose, defineLayout } from "@shardflake/core";
import { memoryStore } from "@shardflake/pool";
import { describe, expect, it } from "vitest";
import { openService, problemOf } from "./services.js";

const LAYOUT = defineLayout();

const REFUSED: readonly (readonly [string, number, string])[] = [
  ["/v1/ids?count=0", 400, "REQUEST_INVALID"],
  ["/v1/ids?count=100001", 400, "REQUEST_INVALID"],
  ["/v1/ids?count=1e99", 400, "REQUEST_INVALID"],
  ["/v1/ids?count=1e309", 400, "COUNT_INVALID"],
  ["/v1/ids?count=-1", 400, "REQUEST_INVALID"],
  ["/v1/ids?count=ten", 400, "REQUEST_INVALID"],
  ["/v1/ids?count=1.5", 400, "REQUEST_INVALID"],
  ["/v1/ids?format=xml", 400, "REQUEST_INVALID"],
  ["/v1/ids?cuont=5", 400, "REQUEST_INVALID"],
  ["/v1/ids/abc", 400, "REQUEST_INVALID"],
  ["/v1/ids/-5", 400, "REQUEST_INVALID"],
  ["/v1/ids/0x10", 400, "REQUEST_INVALID"],
  ["/v1/ids/9999999999999999999", 400, "PARSE_OVERFLOW"],
  ["/v1/ids/%E0%A4%A", 400, "REQUEST_REFUSED"],
  [`/v1/ids/${"1".repeat(101)}`, 414, "REQUEST_REFUSED"],
  ["/v1/bounds?from=2026-01-01", 400, "REQUEST_INVALID"],
  ["/v1/bounds?from=yesterday&to=2026-01-01", 400, "TIME_INVALID"],
  ["/v1/bounds?from=2026-02-01&to=2026-01-01", 400, "PERIOD_INVALID"],
  ["/v2/ids", 404, "ROUTE_UNKNOWN"],
];

describe("the ID service", () => {
  it("answers the same IDs in every format: ascending, as strings where JSON would lose digits", async () => {
    const { url } = await openService();
    const json = ((await (await fetch(`${url}/v1/ids?count=500`)).json()) as { ids: string[] }).ids;
    const text = (await (await fetch(`${url}/v1/ids?count=500&format=text`)).text()).trim().split("\n");
    const bytes = new DataView(await (await fetch(`${url}/v1/ids?count=500&format=u64le`)).arrayBuffer());
    const binary = Array.from({ length: 500 }, (_, i) => bytes.getBigUint64(i * 8, true));
    const ids = [...json, ...text, ...binary].map(BigInt);
    expect(ids).toHaveLength(1500);
    expect(ids.every((id, i) => i === 0 || id > ids[i - 1]!)).toBe(true);
    expect(new Set(ids.map((id) => decompose(LAYOUT, id).machineId)).size).toBe(1);
  });

  it("gives a hundred clients at once different IDs", async () => {
    const { url } = await openService();
    const answers = await Promise.all(
      Array.from(
        { length: 100 },
        async () => (await (await fetch(`${url}/v1/ids?count=50`)).json()) as { ids: string[] },
      ),
    );
    expect(new Set(answers.flatMap(({ ids }) => ids)).size).toBe(5000);
  });

  it("says below which ID nobody gets any more, and by how much that is behind", async () => {
    const store = memoryStore("a horizon");
    const [one, other] = [await openService({ pool: { store } }), await openService({ pool: { store } })];
    const answer = await fetch(`${one.url}/v1/horizon`);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { horizon, time } = (await answer.json()) as { horizon: string; time: string };
    const { timestampMs } = decompose(LAYOUT, BigInt(horizon));
    expect(time).toBe(new Date(timestampMs).toISOString());
    const { ids } = (await (await fetch(`${other.url}/v1/ids?count=500`)).json()) as { ids: string[] };
    for (const id of ids) expect(BigInt(id)).toBeGreaterThanOrEqual(BigInt(horizon));
    const metrics = await (await fetch(`${one.url}/metrics`)).text();
    const lag = Number(/^shardflake_horizon_lag_seconds (\S+)$/m.exec(metrics)![1]);
    expect(lag).toBeGreaterThan(0);
    expect(lag).toBeLessThanOrEqual((Date.now() - timestampMs) / 1000);
  });

  it("takes an ID apart, and says between which IDs a period lies", async () => {
    const { url } = await openService();
    const [id] = ((await (await fetch(`${url}/v1/ids`)).json()) as { ids: [string] }).ids;
    const { timestampMs, datacenterId, machineId, sequence } = decompose(LAYOUT, BigInt(id));
    const parts = await (await fetch(`${url}/v1/ids/${id}`)).json();
    expect(parts).toEqual({
      id,
      time: new Date(timestampMs).toISOString(),
      timestampMs,
      datacenterId,
      machineId,
      sequence,
    });
    const period = `from=${timestampMs}&to=${new Date(timestampMs + 1).toISOString()}`;
    const bounds = (await (await fetch(`${url}/v1/bounds?${period}`)).json()) as { min: string; max: string };
    expect(BigInt(bounds.min) <= BigInt(id) && BigInt(id) <= BigInt(bounds.max)).toBe(true);
  });

  it("refuses bad requests whole, each with its status and a problem that has a code", async () => {
    const { url } = await openService();
    for (const [path, status, code] of REFUSED) {
      const response = await fetch(url + path);
      expect(await problemOf(response), path).toMatchObject({ status, code });
      expect(response.status).toBe(status);
    }
  });

  it("refuses an ID beyond the last date", async () => {
    const layout = defineLayout({ tickMs: 4000 });
    const { url } = await openService({ pool: { layout, store: memoryStore("far") } });
    const refused = await fetch(`${url}/v1/ids/${2n ** 63n - 1n}`);
    expect(await problemOf(refused)).toMatchObject({ status: 400, code: "ID_OUT_OF_RANGE" });
  });

  it("refuses what is too much at a time with 503 and when to come again", async () => {
    // A tick of 50 ms with one ID each: the second request has to wait.
    const layout = defineLayout({ timestampBits: 36, sequenceBits: 0, tickMs: 50 });
    const { url } = await openService({
      maxConcurrent: 1,
      pool: { layout, store: memoryStore("busy") },
    });
    const waiting = fetch(`${url}/v1/ids?count=4`);
    let refused = await fetch(`${url}/v1/ids`);
    while (refused.ok) refused = await fetch(`${url}/v1/ids`);
    expect(await problemOf(refused)).toMatchObject({ status: 503, code: "SERVER_BUSY" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    await waiting;
  });
});
