import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCommand } from "./run-command.js";

const directory = mkdtempSync(join(tmpdir(), "cli-test-"));
afterAll(() => rmSync(directory, { recursive: true }));

const u64 = (...ids: bigint[]): Uint8Array => new Uint8Array(new BigUint64Array(ids).buffer);
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
};

const EMPTY = { count: 0, duplicates: 0, outOfOrder: 0, largestInversionMs: 0, signBitSet: 0, overfullTicks: 0 };
/** 15 bits. */
const SHORT_LAYOUT = '{"timestampBits":10,"datacenterBits":0,"machineBits":0,"sequenceBits":5,"tickMs":2592000000}';
const json = (value: object): string => `${JSON.stringify(value)}\n`;

interface Row {
  readonly args: string[];
  readonly stdin?: string | Uint8Array;
  readonly code: number;
  /** All of stdout, or a part of it. */
  readonly stdout?: string | RegExp;
  readonly stderr?: string | RegExp;
}

const rows: Row[] = [
  { args: ["--version"], code: 0, stdout: /^\d+\.\d+\.\d+\n$/ },
  { args: ["decode", "--version"], code: 0, stdout: /^\d+\.\d+\.\d+\n$/ },
  { args: ["--help"], code: 0, stdout: /Exit codes: 0 ok/ },
  ...["decode", "bounds", "verify", "migrate-check", "sql"].map(
    (name): Row => ({ args: [name, "--help"], code: 0, stdout: /Examples?:\n {2}\$ shardflake/ }),
  ),
  { args: ["verfy"], code: 2, stdout: "", stderr: /^shardflake: unknown command 'verfy'\n\(Did you mean verify\?\)/ },
  { args: ["verify", "--orderd"], code: 2, stdout: "", stderr: /unknown option '--orderd'/ },

  {
    args: ["decode", "1541815603606036480", "--layout", "twitter", "--json"],
    code: 0,
    stdout: json({
      id: "1541815603606036480",
      time: "2022-06-28T16:07:40.105Z",
      timestampMs: 1656432460105,
      datacenterId: 11,
      machineId: 26,
      sequence: 0,
    }),
  },
  {
    args: ["decode", "1541815603606036480", "--layout", "twitter"],
    code: 0,
    stdout: /│ 1541815603606036480 │ 2022-06-28T16:07:40.105Z │ 1656432460105 │ +11 │ +26 │ +0 │/,
  },
  {
    args: ["decode", "--json"],
    stdin: "4194304\r\n4194305",
    code: 0,
    stdout: /^\{"id":"4194304",.*"sequence":0\}\n\{"id":"4194305",.*"sequence":1\}\n$/,
  },
  { args: ["decode", "--json"], stdin: "", code: 0, stdout: "" },
  { args: ["decode", "--json", "--input-format", "u64le"], stdin: u64(4194304n), code: 0, stdout: /"id":"4194304"/ },
  { args: ["decode", "--json", "--input-format", "base32", "0000000040000"], code: 0, stdout: /"id":"4194304"/ },
  { args: ["decode", "--json", "1", "x"], code: 2, stdout: "", stderr: "PARSE_ALPHABET" },
  { args: ["decode", "--input-format", "csv", "1"], code: 2, stdout: "", stderr: "--input-format" },
  { args: ["decode"], stdin: "1\n\n", code: 2, stdout: "", stderr: "line 2" },
  { args: ["decode", "1", "--layout", "nonsense"], code: 2, stdout: "", stderr: "--layout" },
  { args: ["decode", "1", "--layout", '{"sequenceBits":99}'], code: 2, stdout: "", stderr: "LAYOUT_INVALID" },

  {
    args: ["bounds", "--from", "2026-01-01", "--to", "2026-02-01"],
    code: 0,
    stdout: "min 794354201395200000\nmax 805588225228799999\n",
  },
  {
    args: ["bounds", "--from", "2026-01-01", "--to", "1769904000000", "--json"],
    code: 0,
    stdout: json({ min: "794354201395200000", max: "805588225228799999" }),
  },
  {
    args: ["bounds", "--from", "2026-01-01", "--to", "2026-02-01", "--epoch", "2026-01-01", "--json"],
    code: 0,
    stdout: json({ min: "4194304", max: "11234023833599999" }),
  },
  { args: ["bounds", "--from", "2026-02-01", "--to", "2026-01-01"], code: 2, stdout: "", stderr: "USAGE" },
  { args: ["bounds", "--from", "2026-02-30", "--to", "2026-03-01"], code: 2, stdout: "", stderr: "--from" },

  {
    args: ["migrate-check", "--from", "js-safe", "--to", "shardflake", "--at", "2026-03-01"],
    code: 0,
    stdout: /^ordered +every new ID is greater than every old one; 814938469129216000 numbers lie between them$/m,
  },
  {
    args: ["migrate-check", "--from", "twitter", "--to", "shardflake", "--json"],
    code: 1,
    stdout: json({
      verdict: "colliding",
      from: { min: "4194304", max: "9223372036854775807" },
      to: { min: "4194304", max: "9223372036854775807" },
      collision: {
        id: "4194304",
        from: { timestampMs: 1288834974658, datacenterId: 0, machineId: 0, sequence: 0 },
        to: { timestampMs: 1577836800001, datacenterId: 0, machineId: 0, sequence: 0 },
      },
      orderedSwitches: null,
    }),
  },
  {
    args: [
      "migrate-check",
      "--from",
      "twitter",
      "--to",
      '{"epoch":"2010-01-01"}',
      "--at",
      "2030-01-01",
      "--skew",
      "0ms",
    ],
    code: 0,
  },
  {
    args: ["migrate-check", "--from", "shardflake", "--to", SHORT_LAYOUT, "--at", "2060-01-01"],
    code: 1,
    stdout: /^reversed(.*\n)+switches +none is ordered/m,
  },
  {
    args: [
      "migrate-check",
      "--from",
      "js-safe",
      "--to",
      '{"epoch":"2026-01-01","sequenceBits":4}',
      "--at",
      "2026-01-02",
    ],
    code: 1,
    stdout: /^switches +every one from 2028-01-01T16:00:00.017Z/m,
  },
  { args: ["migrate-check", "--from", "twitter"], code: 2, stdout: "", stderr: "--to" },
  { args: ["migrate-check", "--from", "a", "--to", "twitter"], code: 2, stdout: "", stderr: "--from" },
  { args: ["migrate-check", "--from", "twitter", "--to", "{}", "--at", "x"], code: 2, stdout: "", stderr: "--at" },
  { args: ["migrate-check", "--from", "twitter", "--to", "{}", "--skew", "1s"], code: 2, stdout: "", stderr: "USAGE" },
  {
    args: ["migrate-check", "--from", "twitter", "--to", "{}", "--at", "1990-01-01"],
    code: 2,
    stdout: "",
    stderr: "PERIOD_INVALID",
  },

  {
    args: ["sql", "--dialect", "postgres"],
    code: 0,
    stdout: /^create or replace function shardflake_time\(id bigint\)/m,
  },
  {
    args: ["sql", "--dialect", "mysql", "--layout", "twitter", "--prefix", "tweet_"],
    code: 0,
    stdout: /epoch 1288834974657(.*\n)+create function tweet_first_id\(moment datetime\(6\)\) returns bigint/,
  },
  {
    args: ["sql", "--dialect", "sqlite", "--table", "orders", "--column", "order_id"],
    code: 0,
    stdout: /^create view "orders_ids" as select\n {2}"order_id" as id,$/m,
  },
  { args: ["sql"], code: 2, stdout: "", stderr: "--dialect" },
  {
    args: ["generate", "3", "--sequence-start", "random", "--store", "memory", "--unsafe-memory"],
    code: 0,
    stdout: /^(\d+\n){3}$/,
  },
  { args: ["generate", "3", "--sequence-start", "one"], code: 2, stdout: "", stderr: "--sequence-start" },
  { args: ["serve", "--sequence-start", "one"], code: 2, stdout: "", stderr: "--sequence-start" },
  {
    args: ["generate", "3", "--sequence-start", "random", "--from", "2024-01-01", "--to", "2024-02-01"],
    code: 2,
    stdout: "",
    stderr: "USAGE",
  },
  { args: ["sql", "--dialect", "oracle"], code: 2, stdout: "", stderr: "--dialect" },
  { args: ["sql", "--dialect", "sqlite"], code: 2, stdout: "", stderr: "--table" },
  { args: ["sql", "--dialect", "sqlite", "--table", "t", "--prefix", "p"], code: 2, stdout: "", stderr: "--prefix" },
  { args: ["sql", "--dialect", "mysql", "--column", "c"], code: 2, stdout: "", stderr: "--column" },
  { args: ["sql", "--dialect", "postgres", "--prefix", "a b"], code: 2, stdout: "", stderr: "OPTION_INVALID" },

  {
    args: ["verify", "--json"],
    stdin: "",
    code: 0,
    stdout: json({ ...EMPTY, machineIds: 0, first: null, last: null }),
  },
  {
    args: ["verify", "--json"],
    stdin: "5\n6\n",
    code: 0,
    stdout: json({ ...EMPTY, count: 2, machineIds: 1, first: "5", last: "6" }),
  },
  { args: ["verify"], stdin: "5\n6\n", code: 0, stdout: /^IDs +2\n(.*\n)*machine IDs +1\n +0\/0 +2\n$/, stderr: /^$/ },
  {
    args: ["verify", "--json"],
    stdin: "5\n6\n5\n",
    code: 1,
    stdout: json({ ...EMPTY, count: 3, duplicates: 1, outOfOrder: 1, machineIds: 1, first: "5", last: "5" }),
  },
  { args: ["verify"], stdin: "6\n5\n", code: 0 },
  { args: ["verify", "--ordered"], stdin: "6\n5\n", code: 1 },
  {
    args: ["verify", "--json"],
    stdin: "12582912\n4194304\n",
    code: 0,
    stdout: json({
      ...EMPTY,
      count: 2,
      outOfOrder: 1,
      largestInversionMs: 2,
      machineIds: 1,
      first: "12582912",
      last: "4194304",
    }),
  },
  { args: ["verify", "--json"], stdin: "-1\n", code: 1, stdout: /"signBitSet":1,.*"first":"18446744073709551615"/ },
  { args: ["verify", "--format", "u64le", "--json"], stdin: u64(7n, 8n), code: 0, stdout: /"count":2,/ },
  { args: ["verify", "--format", "ndjson", "--json"], stdin: '{"id":"7"}\n', code: 0, stdout: /"first":"7"/ },
  { args: ["verify", file("ids.bin", u64(7n, 8n, 8n)), "--json"], code: 1, stdout: /"duplicates":1,/ },
  { args: ["verify", file("ids.txt", "7\n8\n"), "--json"], code: 0, stdout: /"count":2,/ },
  { args: ["verify", file("back.txt", "7\n9\n8\n9\n"), "--json"], code: 1, stdout: /"duplicates":1,/ },
  { args: ["verify", "--format", "u64le"], stdin: new Uint8Array(12), code: 2, stdout: "", stderr: "byte 8" },
  { args: ["verify"], stdin: "1\nx\n", code: 2, stdout: "", stderr: /^shardflake: .*line 2.*\[PARSE_LINE\]\n$/ },
  { args: ["verify", "--layout", "js-safe"], stdin: "1\n9007199254740992\n", code: 2, stdout: "", stderr: "record 2" },
  { args: ["verify", "--format", "xml"], code: 2, stdout: "", stderr: "--format" },
  { args: ["verify", "--memory", "lots"], code: 2, stdout: "", stderr: "--memory" },
  { args: ["verify", "--temp-dir", join(directory, "missing")], code: 2, stdout: "", stderr: "--temp-dir" },
  { args: ["verify", "--memory", "0"], stdin: backwards(100), code: 3, stdout: "", stderr: "AUDIT_MEMORY" },
  {
    args: ["verify", "--memory", "0", "--temp-dir", directory, "--json"],
    stdin: backwards(100),
    code: 0,
    stdout: /"duplicates":0,"outOfOrder":99,/,
  },
  {
    args: ["verify", "--store", "memory", "--namespace", "n", "--window", "6s", "--wait", "1s", "--quiet"],
    stdin: "1\n",
    code: 0,
  },
];

/** IDs of one machine ID, one a tick, from the last to the first. */
function backwards(count: number): string {
  return Array.from({ length: count }, (_, tick) => `${(count - tick) * 4_194_304}\n`).join("");
}

describe("the command", () => {
  it.each(
    rows.map((row): [string, Row] => [
      `${row.args.join(" ")}  <  ${JSON.stringify(row.stdin ?? "")}`.slice(0, 120),
      row,
    ]),
  )("shardflake %s", async (_name, { args, stdin, code, stdout, stderr }) => {
    const result = await runCommand(args, stdin);
    if (typeof stdout === "string") expect(result.stdout).toBe(stdout);
    else if (stdout !== undefined) expect(result.stdout).toMatch(stdout);
    if (stderr !== undefined) expect(result.stderr).toMatch(stderr);
    expect(result.stderr).not.toMatch(/\n {4}at /);
    expect(result.code).toBe(code);
  });
});

it("a layout is the same in every time zone", async () => {
  const decode = ["decode", "4194304", "--json", "--layout", '{"epoch":"2020-01-01T00:00:00"}'];
  for (const TZ of ["America/New_York", "Asia/Kathmandu"]) {
    const { stdout } = await runCommand(decode, "", { TZ });
    expect(JSON.parse(stdout)).toMatchObject({ time: "2020-01-01T00:00:00.001Z" });
  }
});
