import { defineLayout } from "@shardflake/core";
import { memoryStore, startLocalKeeper } from "@shardflake/pool";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createShardHost, type ShardHost } from "../../../../packages/pool/dist/shard/shard-host.js";
import { dealtShares } from "../../../../packages/pool/dist/shard/shares.js";
import { expectRefusal, NO_COUNTS, outcomeOf } from "./refusal.js";

const keeper = await startLocalKeeper({ store: memoryStore("bad-input-tasks"), layout: defineLayout() });
afterAll(() => keeper.close());

const memory = (bytes: number) => new SharedArrayBuffer(bytes);
const OPEN = {
  kind: "open",
  request: 1,
  shares: dealtShares([5]),
  place: 0,
  format: "text",
  spendableMs: 100,
  buffers: [memory(4096)],
  cancelled: memory(4),
};
const SPREAD = { fromTick: 1000, toTick: 2000, total: 10, idsPerTick: 4096 };
const PLAN = { spread: SPREAD, machineIds: [{ datacenterId: 0, machineId: 9 }] };
const BACKFILL = { kind: "backfill", plan: PLAN, first: 0, count: 10, format: "text", buffer: memory(4096) };

const spread = (fields: object) => ({ ...BACKFILL, plan: { ...PLAN, spread: { ...SPREAD, ...fields } } });
const numbers = (
  name: string,
  task: (bad: unknown) => unknown,
  accepted: readonly string[] = [],
): [string, unknown][] =>
  NO_COUNTS.filter(([value]) => !accepted.includes(value)).map(([value, bad]) => [`${name}: ${value}`, task(bad)]);

const tasks: [string, unknown][] = [
  ["nothing", undefined],
  ["null", null],
  ["text", "open"],
  ["a number", 5],
  ["no kind", {}],
  ["an unknown kind", { kind: "close" }],
  ["a kind that is no JSON", { kind: 5n }],
  ["control, which is for the thread", { kind: "control" }],
  ["open and nothing else", { kind: "open" }],
  ...Object.keys(OPEN)
    .filter((name) => name !== "kind")
    .map((name): [string, unknown] => [`open without ${name}`, { ...OPEN, [name]: undefined }]),
  ...numbers("open place", (place) => ({ ...OPEN, place })),
  ["open a place that has no share", { ...OPEN, place: 1 }],
  ["open shares unshared", { ...OPEN, shares: new ArrayBuffer(8) }],
  ["open shares too small", { ...OPEN, shares: memory(7) }],
  ...numbers("open request", (request) => ({ ...OPEN, request })),
  ...numbers("open spendableMs", (spendableMs) => ({ ...OPEN, spendableMs })),
  ["open format", { ...OPEN, format: "xml" }],
  ["open without a buffer", { ...OPEN, buffers: [] }],
  ["open buffers that are one", { ...OPEN, buffers: memory(4096) }],
  ["open buffer unshared", { ...OPEN, buffers: [new ArrayBuffer(4096)] }],
  ["open buffer view", { ...OPEN, buffers: [new Uint8Array(4096)] }],
  ["open buffer number", { ...OPEN, buffers: [4096] }],
  ["open buffer too small for a record", { ...OPEN, buffers: [memory(4096), memory(4)] }],
  ["open cancelled unshared", { ...OPEN, cancelled: new ArrayBuffer(4) }],
  ["open cancelled empty", { ...OPEN, cancelled: memory(0) }],
  ["open cancelled of 3 bytes", { ...OPEN, cancelled: memory(3) }],
  ["open cancelled number", { ...OPEN, cancelled: 0 }],
  ["open a request a second time", { ...OPEN, request: 77 }],
  ["pull and nothing else", { kind: "pull" }],
  ...numbers("pull request", (request) => ({ kind: "pull", request, buffer: 0 })),
  ...numbers("pull buffer", (buffer) => ({ kind: "pull", request: 77, buffer })),
  ["pull into a buffer that is not there", { kind: "pull", request: 77, buffer: 1 }],
  ["backfill and nothing else", { kind: "backfill" }],
  ...Object.keys(BACKFILL)
    .filter((name) => name !== "kind")
    .map((name): [string, unknown] => [`backfill without ${name}`, { ...BACKFILL, [name]: undefined }]),
  ...numbers("backfill first", (first) => ({ ...BACKFILL, first })),
  ...numbers("backfill count", (count) => ({ ...BACKFILL, count })),
  ...numbers("backfill total", (total) => spread({ total }), ["2^53"]),
  ...numbers("backfill fromTick", (fromTick) => spread({ fromTick })),
  ...numbers("backfill toTick", (toTick) => spread({ toTick })),
  ...numbers("backfill idsPerTick", (idsPerTick) => spread({ idsPerTick })),
  ["backfill of more than there are", { ...BACKFILL, count: 11 }],
  ["backfill backwards", spread({ toTick: 5 })],
  ["backfill of a tick after the last one", spread({ toTick: 2 ** 42 })],
  ["backfill with a plan of nothing", { ...BACKFILL, plan: {} }],
  ["backfill without machine IDs", { ...BACKFILL, plan: { ...PLAN, machineIds: [] } }],
  ["backfill format", { ...BACKFILL, format: "xml" }],
  ["backfill buffer view", { ...BACKFILL, buffer: new Uint8Array(4096) }],
  ["backfill buffer too small", { ...BACKFILL, buffer: memory(8) }],
];

describe("a task that a shard cannot do", () => {
  let host: ShardHost;
  beforeAll(async () => {
    const leases = await keeper.acquire({ count: 1, wanted: { purpose: "live" }, among: null, waitMs: 0 });
    host = createShardHost({ shard: 0, layout: {}, leases, clock: null, sequenceStart: "zero", maxWaitMs: 100 });
    await host.run({ ...OPEN, request: 77 } as never);
  });

  it.each(tasks)("%s is refused and opens nothing", async (_name, task) => {
    expectRefusal(await outcomeOf(() => host.run(task as never)), "TASK_INVALID");
    expect((await host.control.inspect()).openRequests).toBe(1);
  });

  it("names a machine ID the layout does not have", async () => {
    const plan = { ...PLAN, machineIds: [{ datacenterId: 99, machineId: 0 }] };
    expectRefusal(await outcomeOf(() => host.run({ ...BACKFILL, plan } as never)), "SECTION_OUT_OF_RANGE");
  });

  it("leaves the shard as good as before", async () => {
    expect(await host.run({ kind: "pull", request: 77, buffer: 0 })).toMatchObject({ kind: "chunk", count: 5 });
    expect(await host.run({ kind: "pull", request: 1, buffer: 0 })).toEqual({ kind: "ended" });
    expect(await host.run(BACKFILL as never)).toMatchObject({ kind: "chunk", count: 10 });
  });
});
