import { defineLayout, systemClock } from "@shardflake/core";
import {
  createPool,
  encoderFor,
  issueHere,
  memoryStore,
  openShard,
  type Pool,
  parseStore,
  type Ticket,
} from "@shardflake/pool";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectRefusal, NO_COUNTS, numbers, outcomeOf, type Row } from "./refusal.js";

const layout = defineLayout();
const store = memoryStore("bad-input-api");
const FROM_MS = Date.UTC(2024, 0, 1);
const PERIOD = { fromMs: FROM_MS, toMs: FROM_MS + 1000, count: 10, format: "text" };
const receive = (): void => expect.fail("something was delivered");

let pool: Pool;
let ticket: Ticket;

const registersNow = async (): Promise<string> => JSON.stringify(await pool.registers());

const open = (options: object) => createPool({ store, shards: 0, waitMs: 100, ...options } as never);
const from = (options: object) => pool.backfill(receive, { ...PERIOD, ...options } as never);
const read = async (options: unknown) => {
  for await (const chunk of pool.stream(options as never)) expect.fail(`${chunk.length} IDs`);
};
const withLease = (fields: object) => openShard({ ...ticket, lease: { ...ticket.lease, ...fields } } as never);

const rows: Row[] = [
  ...numbers("createPool", ["shards", "datacenterId"], "OPTION_INVALID", open),
  ...numbers("createPool", ["lanes", "windowMs", "waitMs"], "OPTION_INVALID", open, [
    "lanes null",
    "windowMs null",
    "waitMs null",
  ]),
  ...NO_COUNTS.map(
    ([value, bad]): Row => [`createPool machineIds: [${value}]`, "OPTION_INVALID", () => open({ machineIds: [bad] })],
  ),
  ["createPool no object", "OPTION_INVALID", () => createPool(null as never)],
  ["createPool of an array", "OPTION_INVALID", () => createPool([] as never)],
  ["createPool unknown option", "OPTION_INVALID", () => open({ shard: 1 })],
  ["createPool lanes 0", "OPTION_INVALID", () => open({ lanes: 0 })],
  ["createPool datacenter 32", "OPTION_INVALID", () => open({ datacenterId: 32 })],
  ["createPool machine 32", "OPTION_INVALID", () => open({ machineIds: [32] })],
  ["createPool machineIds empty", "OPTION_INVALID", () => open({ machineIds: [] })],
  ["createPool machineIds text", "OPTION_INVALID", () => open({ machineIds: "0-3" })],
  [
    "createPool more shards than machine IDs",
    "OPTION_INVALID",
    () => open({ shards: 2, datacenterId: 0, machineIds: [0] }),
  ],
  ["createPool windowMs 9", "OPTION_INVALID", () => open({ windowMs: 9 })],
  ["createPool maxLeadMs below windowMs", "OPTION_INVALID", () => open({ windowMs: 100, maxLeadMs: 99 })],
  ["createPool onWarning", "OPTION_INVALID", () => open({ onWarning: "loud" as never })],
  ["createPool namespace", "OPTION_INVALID", () => open({ namespace: "a b" })],
  ["createPool sequenceStart", "OPTION_INVALID", () => open({ sequenceStart: "one" })],
  ["createPool signal", "OPTION_INVALID", () => open({ signal: 5 })],
  ["createPool store text", "OPTION_INVALID", () => open({ store: "memory" })],
  [
    "createPool store that cannot cross threads",
    "OPTION_INVALID",
    () => open({ store: { ...store, options: () => {} } }),
  ],
  ["createPool store module missing", "STORE_INVALID", () => open({ store: { ...store, module: "nope:x" } })],
  ["createPool store export missing", "STORE_INVALID", () => open({ store: { ...store, export: "nope" } })],
  ["createPool clock object", "OPTION_INVALID", () => open({ clock: systemClock })],
  [
    "createPool clock export missing",
    "CLOCK_UNAVAILABLE",
    () => open({ clock: { module: "node:path", export: "nope", options: null } }),
  ],
  ["createPool layout text", "LAYOUT_INVALID", () => open({ layout: "twitter" })],
  ["createPool layout null", "LAYOUT_INVALID", () => open({ layout: null })],
  ["createPool layout unknown option", "LAYOUT_INVALID", () => open({ layout: { nodeBits: 3 } })],
  ["createPool layout of another digest", "LAYOUT_INVALID", () => open({ layout: { ...layout, digest: "x" } })],
  [
    "createPool layout of another namespace",
    "LAYOUT_MISMATCH",
    () => open({ namespace: layout.digest, layout: { sequenceBits: 11 } }),
  ],
  ["createPool before its epoch", "EPOCH_IN_FUTURE", () => open({ layout: { epoch: "2999-01-01" } })],
  ["createPool after its life", "LIFETIME_OVER", () => open({ shards: 1, layout: { epoch: "1900-01-01" } })],
  ["createPool with 10 timestamp bits", "LIFETIME_OVER", () => open({ shards: 1, layout: { timestampBits: 10 } })],

  ...NO_COUNTS.map(([value, bad]): Row => [`generate: ${value}`, "COUNT_INVALID", () => pool.generate(bad as never)]),
  ["generate undefined", "COUNT_INVALID", () => pool.generate(undefined as never)],
  ["generate more than an array", "COUNT_INVALID", () => pool.generate(2 ** 52)],
  ["generate options null", "OPTION_INVALID", () => pool.generate(1, null as never)],
  ["generate unknown option", "OPTION_INVALID", () => pool.generate(1, { count: 1 } as never)],
  ["generate signal", "OPTION_INVALID", () => pool.generate(1, { signal: {} } as never)],

  ...numbers("stream", ["count"], "COUNT_INVALID", read, ["count 1e400"]),
  ["stream options null", "OPTION_INVALID", () => read(null)],
  ["stream unknown option", "OPTION_INVALID", () => read({ format: "text" })],
  ["stream signal", "OPTION_INVALID", () => read({ signal: 5 })],
  ["stream order", "OPTION_INVALID", () => read({ order: "none" })],

  ...numbers("write", ["count"], "COUNT_INVALID", (options) => pool.write(receive, { format: "text", ...options }), [
    "count 1e400",
  ]),
  ["write without options", "OPTION_INVALID", () => pool.write(receive, undefined as never)],
  ["write without receiver", "OPTION_INVALID", () => pool.write(undefined as never, { format: "text", count: 1 })],
  ["write without format", "OPTION_INVALID", () => pool.write(receive, { count: 1 } as never)],
  ["write format", "OPTION_INVALID", () => pool.write(receive, { count: 1, format: "constructor" } as never)],
  ["write order", "OPTION_INVALID", () => pool.write(receive, { count: 1, format: "text", order: "none" } as never)],
  [
    "write unknown option",
    "OPTION_INVALID",
    () => pool.write(receive, { count: 1, format: "text", shards: 1 } as never),
  ],
  ["write signal", "OPTION_INVALID", () => pool.write(receive, { count: 1, format: "text", signal: null } as never)],

  ...NO_COUNTS.map(
    ([value, bad]): Row => [`take: ${value}`, "COUNT_INVALID", () => pool.take(bad as never, encoderFor("text"))],
  ),
  ...[undefined, null, "text", {}, { maxRecordBytes: 8 }].map(
    (bad): Row => [`take encoder: ${JSON.stringify(bad)}`, "OPTION_INVALID", () => pool.take(1, bad as never)],
  ),

  ...numbers(
    "backfill",
    ["count", "fromMs", "toMs"],
    (name) => (name === "count" ? "COUNT_INVALID" : "PERIOD_INVALID"),
    from,
  ),
  ["backfill without options", "OPTION_INVALID", () => pool.backfill(receive, undefined as never)],
  ["backfill without anything", "OPTION_INVALID", () => pool.backfill(receive, {} as never)],
  ["backfill without receiver", "OPTION_INVALID", () => pool.backfill(undefined as never, PERIOD as never)],
  ["backfill format", "OPTION_INVALID", () => from({ format: "xml" })],
  ["backfill of nothing, format", "OPTION_INVALID", () => from({ format: "xml", count: 0 })],
  ["backfill unknown option", "OPTION_INVALID", () => from({ order: "time" })],
  ["backfill signal", "OPTION_INVALID", () => from({ signal: 5 })],
  ["backfill period and rows", "OPTION_INVALID", () => from({ timesMs: [FROM_MS] })],
  ["backfill backwards", "PERIOD_INVALID", () => from({ toMs: FROM_MS })],
  ["backfill before the epoch", "PERIOD_INVALID", () => from({ fromMs: 0 })],
  ["backfill into the future", "BACKFILL_FUTURE", () => from({ toMs: Date.now() + 60_000 })],
  ["backfill more than a tick holds", "PERIOD_INVALID", () => from({ toMs: FROM_MS + 1, count: 2 ** 23 })],
  ...NO_COUNTS.filter(([value]) => value !== "a fraction").map(
    ([value, bad]): Row => [
      `backfill row: ${value}`,
      "PERIOD_INVALID",
      () => pool.backfill(receive, { timesMs: [bad], format: "text" } as never),
    ],
  ),
  ...[null, 5, "2024", {}].map(
    (timesMs): Row => [
      `backfill rows ${timesMs}`,
      "PERIOD_INVALID",
      () => pool.backfill(receive, { timesMs, format: "text" } as never),
    ],
  ),
  [
    "backfill rows, format",
    "OPTION_INVALID",
    () => pool.backfill(receive, { timesMs: [FROM_MS], format: "xml" } as never),
  ],
  [
    "backfill rows in the future",
    "BACKFILL_FUTURE",
    () => pool.backfill(receive, { timesMs: [Date.now() + 60_000], format: "text" }),
  ],
  ...[...NO_COUNTS, ["the end", 1] as const, ["a method", "at"] as const].map(
    ([value, bad]): Row => [`control: ${value}`, "OPTION_INVALID", () => pool.control(bad as never)],
  ),

  ...numbers("issueHere", ["count"], "COUNT_INVALID", (options) =>
    issueHere(receive, { format: "text", ...options } as never, { store }),
  ),
  [
    "issueHere without receiver",
    "OPTION_INVALID",
    () => issueHere(undefined as never, { count: 1, format: "text" }, { store }),
  ],
  ["issueHere without options", "OPTION_INVALID", () => issueHere(receive, null as never, { store })],
  ["issueHere format", "OPTION_INVALID", () => issueHere(receive, { count: 1, format: "xml" } as never, { store })],
  [
    "issueHere without pool options",
    "OPTION_INVALID",
    () => issueHere(receive, { count: 1, format: "text" }, undefined as never),
  ],
  [
    "issueHere before its epoch",
    "EPOCH_IN_FUTURE",
    () => issueHere(receive, { count: 1, format: "text" }, { store, layout: { epoch: "2999-01-01" } }),
  ],

  ...[undefined, null, "ticket", 5, [], {}, { lease: null }].map(
    (bad): Row => [`openShard ${JSON.stringify(bad)}`, "TICKET_INVALID", () => openShard(bad as never)],
  ),
  ...numbers("openShard lease", ["generation", "floor"], "TICKET_INVALID", withLease),
  ...numbers("openShard lease", ["datacenterId", "machineId"], "SECTION_OUT_OF_RANGE", withLease),
  [
    "openShard slot of unshared memory",
    "TICKET_INVALID",
    () => withLease({ slot: new ArrayBuffer(ticket.lease.slot.byteLength) }),
  ],
  ["openShard slot too short", "TICKET_INVALID", () => withLease({ slot: new SharedArrayBuffer(8) })],
  ["openShard slot of 7 bytes", "TICKET_INVALID", () => withLease({ slot: new SharedArrayBuffer(7) })],
  [
    "openShard slot of nobody",
    "LEASE_LOST",
    () => withLease({ slot: new SharedArrayBuffer(ticket.lease.slot.byteLength) }),
  ],
  ["openShard layout", "LAYOUT_INVALID", () => openShard({ ...ticket, layout: { nodeBits: 3 } } as never)],
  ["openShard without layout", "TICKET_INVALID", () => openShard({ ...ticket, layout: undefined } as never)],
  ["openShard without clock", "TICKET_INVALID", () => openShard({ ...ticket, clock: undefined } as never)],
  ["openShard clock 5", "TICKET_INVALID", () => openShard({ ...ticket, clock: 5 } as never)],
  ["openShard sequenceStart", "TICKET_INVALID", () => openShard({ ...ticket, sequenceStart: "one" } as never)],
  ["openShard maxWaitMs", "TICKET_INVALID", () => openShard({ ...ticket, maxWaitMs: Number.NaN })],

  ["parseStore empty", "STORE_INVALID", () => parseStore("")],
  ["parseStore embedded:", "STORE_INVALID", () => parseStore("embedded:")],
  ["parseStore etcd", "STORE_INVALID", () => parseStore("etcd:http://u:hunter2@h:port")],
  ["parseStore postgres", "STORE_INVALID", () => parseStore("postgres://u:hunter2@h:port/db")],
  ["parseStore mysql", "STORE_INVALID", () => parseStore("mysql://u:hunter2@h/db")],
];

beforeAll(async () => {
  pool = await createPool({ store, shards: 1, waitMs: 200, windowMs: 3_600_000 });
  ticket = await pool.ticket();
});
afterAll(() => pool.close());

describe("a call of pool with bad input", () => {
  it.each(rows)("%s is refused with %s", async (_name, code, call) => {
    const before = await registersNow();
    const outcome = await outcomeOf(call);
    expectRefusal(outcome, code);
    expect((outcome as Error).message).not.toContain("hunter2");
    expect(await registersNow()).toBe(before);
  });

  it("that was refused leaves the pool and the ticket as good as before", async () => {
    expect(await pool.generate(5)).toHaveLength(5);
    expect(await pool.take(2, encoderFor("u64le"))).toHaveLength(16);
    expectRefusal(await outcomeOf(() => pool.take(2 ** 52, encoderFor("u64le"))), "COUNT_INVALID");
    expect((await openShard(ticket)).next()).toBeGreaterThan(0n);
    expectRefusal(await outcomeOf(() => openShard(ticket)), "TICKET_USED");
  });

  it("comes without a shard: batches and backfills spend nothing", async () => {
    const empty = await createPool({ store: memoryStore("bad-input-no-shards"), shards: 0 });
    expectRefusal(await outcomeOf(() => empty.generate(1)), "NO_SHARDS");
    expectRefusal(await outcomeOf(() => empty.backfill(receive, PERIOD as never)), "NO_SHARDS");
    expect(await empty.registers()).toEqual([]);
    await empty.close();
  });
});

describe("a pool that was closed", () => {
  it("refuses every call, and its tickets", async () => {
    const closed = await createPool({ store: memoryStore("bad-input-closed"), shards: 1 });
    const late = await closed.ticket();
    await closed.close();
    const calls = [
      () => closed.generate(1),
      () => closed.stream().next(),
      () => closed.write(receive, { format: "text", count: 1 }),
      () => closed.backfill(receive, PERIOD as never),
      () => closed.next(),
      () => closed.claim(),
      () => closed.ticket(),
      () => closed.control(0),
      () => closed.registers(),
    ];
    for (const call of calls) expectRefusal(await outcomeOf(call), "POOL_CLOSED");
    expectRefusal(await outcomeOf(() => openShard(late)), "LEASE_LOST");
  });
});
