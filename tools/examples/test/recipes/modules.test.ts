import { channel } from "node:diagnostics_channel";
import { metrics } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { presets } from "@shardflake/core";
import { createPool, DIAGNOSTICS_CHANNELS, memoryStore, type Pool } from "@shardflake/pool";
import { expect, it } from "vitest";
import { openRecipe } from "./recipe.js";

it("prisma: rows go out with every digit, and what comes in is an ID or refused with a code", async () => {
  const { toJson, idFrom } = await openRecipe("prisma").load<{
    toJson(rows: unknown): string;
    idFrom(text: string): bigint;
  }>("ids-in-json.mjs");
  const id = 912456497118576641n;
  expect(toJson([{ id, item: "tea", parent: null }])).toBe('[{"id":"912456497118576641","item":"tea","parent":null}]');
  expect(idFrom(`${id}`)).toBe(id);
  for (const wrong of ["", " 7 ", "0x10", "-1", "7n", `${2n ** 63n}`, `${2n ** 64n}`]) {
    expect(() => idFrom(wrong)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^PARSE_/) }));
  }
  expect(presets["js-safe"].fitsNumber).toBe(true);
});

it("opaque-ids: an ID is shown as text that only the key's owner reads, and a wrong text is refused with a code", async () => {
  const recipe = openRecipe("opaque-ids");
  const id = "912456497118576641";
  const run = (command: string, argument: string, key = "07".repeat(32)) =>
    recipe.run("orders.mjs", { ORDER_KEY: key }, command, argument);
  const path = await run("show", id);
  expect(path).toMatch(/^\/orders\/[0-9A-Z]{14}\n$/);
  const text = path.trim().slice("/orders/".length);
  const [read, wrong, otherKey] = await Promise.all([
    run("read", text),
    run("read", `${text.slice(0, -1)}${text.endsWith("0") ? "1" : "0"}`),
    run("show", id, "08".repeat(32)),
  ]);
  expect(read).toBe(`${id}\n`);
  expect(wrong).toBe("ParseError PARSE_CHECK\n");
  expect(otherKey).not.toBe(path);
});

it("opentelemetry: a pool's counters and events are exported, each with its machine ID or name", async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  const { observe } = await openRecipe("opentelemetry").load<{ observe(pool: Pool): void }>("telemetry.mjs");
  const pool = await createPool({ shards: 1, store: memoryStore("opentelemetry") });
  try {
    observe(pool);
    await pool.generate(1234);
    channel(DIAGNOSTICS_CHANNELS.leaseLost).publish({ namespace: "n", datacenterId: 0, machineId: 0, generation: 1 });
    channel(DIAGNOSTICS_CHANNELS.windowWait).publish({ namespace: "n", waits: 3 });
    await reader.forceFlush();
  } finally {
    await pool.close();
  }
  const points = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap((scope) =>
        scope.metrics.flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }) => ({ name: descriptor.name, attributes, value: value as number })),
        ),
      ),
    );
  const of = (name: string) => points.filter((point) => point.name === name);
  expect(of("shardflake.ids")).toEqual([
    { name: "shardflake.ids", attributes: { "shardflake.machine": "0/0" }, value: 1234 },
  ]);
  const [left] = of("shardflake.window.left");
  expect(left!.value).toBeGreaterThan(0);
  expect(left!.value).toBeLessThanOrEqual(6);
  expect(of("shardflake.events").map(({ attributes, value }) => [attributes["shardflake.event"], value])).toEqual([
    ["leaseLost", 1],
    ["windowWait", 3],
  ]);
  expect(of("shardflake.events")[0]!.attributes["shardflake.namespace"]).toBe("n");
});
