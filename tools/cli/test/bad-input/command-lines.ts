import { defineLayout } from "@shardflake/core";

/** One command line with something wrong in it. `{dir}` stands for a directory of the row's own. */
export interface Row {
  readonly args: readonly string[];
  readonly code: 2 | 3;
  /** The error's code, or what commander says about usage. */
  readonly error: string | RegExp;
  readonly stdin?: string;
  /** Where stdout goes. @default a pipe, which must stay empty */
  readonly stdout?: "/dev/full";
  /** "used": IDs were issued before the failure, so a register has moved; it must have been given back. @default "unchanged" */
  readonly registers?: "used";
}

const usage = (args: string[], error: RegExp): Row => ({ args, code: 2, error });
const bad = (args: string[], error: string): Row => ({ args, code: 2, error });
const failed = (args: string[], error: string): Row => ({ args, code: 3, error });

const NO_NUMBERS = ["NaN", "-1", "1.5", "9007199254740992", "1e400", ""];
const NO_DURATIONS = ["NaN", "-1s", "5", "1e400s", "9007199254740992s"];
const NO_TIMES = ["NaN", "-1", "2026-02-30", "1e400", "9007199254740992"];
const FAR = ["--from", "2024-01-01", "--to", "2024-02-01"];

/** Everything that can be wrong with a command line. */
export const rows: readonly Row[] = [
  usage([], /Usage: shardflake/),
  usage(["genrate"], /unknown command 'genrate'/),
  usage(["generate", "--shard", "2"], /unknown option '--shard'/),
  usage(["generate", "1", "2"], /too many arguments .* Expected 1 argument but got 2/),
  usage(["generate", "--out"], /option '--out <file>' argument missing/),
  usage(["machines"], /Usage: shardflake machines/),
  usage(["machines", "release"], /missing required argument 'machine'/),
  usage(["machines", "reserve"], /required option '--backfill <n>' not specified/),
  usage(["machines", "list", "0/0"], /too many arguments .* Expected 0 arguments but got 1/),
  usage(["bounds", "--from", "2026-01-01"], /required option '--to <time>' not specified/),
  usage(["verify", "a", "b"], /too many arguments/),

  ...NO_NUMBERS.map((count) => bad(["generate", "--", count], "OPTION_INVALID")),
  ...["--shards", "--lanes", "--datacenter"].flatMap((option) =>
    NO_NUMBERS.map((value) => bad(["generate", "5", `${option}=${value}`], "OPTION_INVALID")),
  ),
  ...["--window", "--wait"].flatMap((option) =>
    NO_DURATIONS.map((value) => bad(["generate", `${option}=${value}`], "OPTION_INVALID")),
  ),
  ...NO_TIMES.map((value) => bad(["generate", `--epoch=${value}`], "OPTION_INVALID")),
  ...NO_TIMES.map((value) => bad(["bounds", `--from=${value}`, "--to", "2026-03-01"], "OPTION_INVALID")),
  ...NO_TIMES.slice(0, 4).map((value) => bad(["bounds", "--from", "2026-01-01", `--to=${value}`], "OPTION_INVALID")),
  ...NO_NUMBERS.map((value) => bad(["verify", `--memory=${value}`], "OPTION_INVALID")),
  ...[...NO_NUMBERS, "0", "1025"].map((value) => bad(["machines", "reserve", `--backfill=${value}`], "OPTION_INVALID")),
  ...["0", "a/b", "0/32", "32/0", "-1/0", "0/1.5", "0/9007199254740993", ""].map((id) =>
    bad(["machines", "release", "--", id], "OPTION_INVALID"),
  ),
  ...["32", "3-1", "0-32", "a", "-1", "1.5", ",", ""].map((ids) =>
    bad(["generate", `--machines=${ids}`], "OPTION_INVALID"),
  ),
  bad(["generate", "--shards", "0"], "OPTION_INVALID"),
  bad(["generate", "--shards", "1025"], "OPTION_INVALID"),
  bad(["generate", "--lanes", "0"], "OPTION_INVALID"),
  bad(["generate", "--datacenter", "32"], "OPTION_INVALID"),
  bad(["generate", "--shards", "3", "--datacenter", "0", "--machines", "0-1"], "OPTION_INVALID"),
  bad(["generate", "--window", "9ms"], "OPTION_INVALID"),
  bad(["generate", "--window", "25h"], "OPTION_INVALID"),
  bad(["machines", "list", "--window", "9ms"], "OPTION_INVALID"),
  bad(["generate", "--namespace", "a b"], "OPTION_INVALID"),
  bad(["generate", "--namespace", ""], "OPTION_INVALID"),
  bad(["machines", "list", "--namespace", "a b"], "NAMESPACE_INVALID"),
  bad(["generate", "--format", "xml"], "OPTION_INVALID"),
  bad(["generate", "--format", "ids"], "OPTION_INVALID"),
  bad(["generate", "--order", "none"], "OPTION_INVALID"),
  bad(["verify", "--format", "xml"], "OPTION_INVALID"),
  bad(["decode", "1", "--input-format", "csv"], "OPTION_INVALID"),

  bad(["generate", "--layout", "twiter"], "OPTION_INVALID"),
  bad(["generate", "--layout", "{"], "OPTION_INVALID"),
  bad(["generate", "--layout", "{dir}"], "OPTION_INVALID"),
  bad(["generate", "--layout", '{"nodeBits":3}'], "LAYOUT_INVALID"),
  bad(["generate", "--layout", '{"timestampBits":42}'], "LAYOUT_INVALID"),
  bad(["generate", "--layout", '{"timestampBits":"41"}'], "LAYOUT_INVALID"),
  bad(["generate", "--layout", '{"sequenceBits":1e400}'], "LAYOUT_INVALID"),
  bad(["generate", "--layout", '{"tickMs":0.5}'], "LAYOUT_INVALID"),
  bad(["generate", "--layout", '{"machineBits":-1}'], "LAYOUT_INVALID"),
  bad(["generate", "--epoch", "1900-01-01"], "LIFETIME_OVER"),
  bad(["generate", "--epoch", "2999-01-01"], "EPOCH_IN_FUTURE"),
  bad(["generate", "--layout", '{"timestampBits":10}'], "LIFETIME_OVER"),
  bad(["generate", "1M", "--epoch", "1900-01-01"], "LIFETIME_OVER"),
  bad(["generate", "1M", "--epoch", "2999-01-01"], "EPOCH_IN_FUTURE"),
  failed(["generate", "--namespace", defineLayout().digest, "--layout", "js-safe"], "LAYOUT_MISMATCH"),
  failed(["machines", "list", "--namespace", defineLayout().digest, "--layout", "js-safe"], "LAYOUT_MISMATCH"),

  bad(["generate", "--store", "memory"], "USAGE"),
  bad(["generate", "--store", ""], "STORE_INVALID"),
  bad(["generate", "--store", "embedded:"], "STORE_INVALID"),
  bad(["generate", "--store", "etcd:u:hunter2@localhost:2379"], "STORE_INVALID"),
  failed(["generate", "--store", "etcd:http://u:hunter2@127.0.0.1:1,http://127.0.0.1:2"], "STORE_UNAVAILABLE"),
  bad(["generate", "--store", "postgres:u:hunter2"], "STORE_INVALID"),
  bad(["generate", "--store", "mysql://u:hunter2@localhost/db"], "STORE_INVALID"),
  failed(["generate", "--store", "postgres://u:hunter2@127.0.0.1:1/db"], "STORE_UNAVAILABLE"),
  failed(["generate", "1M", "--store", "postgres://u:hunter2@127.0.0.1:1/db"], "STORE_UNAVAILABLE"),
  failed(["machines", "list", "--store", "postgresql://u:hunter2@127.0.0.1:1/db"], "STORE_UNAVAILABLE"),
  failed(["generate", "--store", "embedded:/dev/null/state"], "STORE_UNAVAILABLE"),
  failed(["generate", "--store", "embedded:/proc/nope"], "STORE_UNAVAILABLE"),
  failed(["generate", "1M", "--store", "embedded:/dev/null/state"], "STORE_UNAVAILABLE"),
  failed(["machines", "list", "--store", "embedded:{dir}/file"], "STORE_UNAVAILABLE"),

  bad(["generate", "5", "--from", "2024-01-01"], "USAGE"),
  bad(["generate", "5", "--to", "2024-01-01"], "USAGE"),
  bad(["generate", "5", "--from", "2024-01-02", "--to", "2024-01-01"], "USAGE"),
  bad(["bounds", "--from", "2024-01-01", "--to", "2024-01-01"], "USAGE"),
  bad(["bounds", "--from", "1990-01-01", "--to", "1991-01-01"], "PERIOD_INVALID"),
  bad(["bounds", ...FAR, "--epoch", "2999-01-01"], "PERIOD_INVALID"),
  bad(["generate", "5", "--from", "1990-01-01", "--to", "1991-01-01"], "PERIOD_INVALID"),
  bad(["generate", "5", "--from", "2024-01-01", "--to", "2999-01-01"], "PERIOD_INVALID"),
  bad(["generate", "5", "--from", "2024-01-01", "--to", `${Date.now() + 86_400_000}`], "BACKFILL_FUTURE"),
  // How many machine IDs it needs is known only to the pool, which has leased its own by then.
  {
    args: ["generate", "9M", "--from", "1704067200000", "--to", "1704067200001"],
    code: 2,
    error: "PERIOD_INVALID",
    registers: "used",
  },
  bad(["generate", "5", "--times", "{dir}/times"], "USAGE"),
  bad(["generate", "--times", "{dir}/times", ...FAR], "USAGE"),
  bad(["generate", "--times", "{dir}/bad-times"], "OPTION_INVALID"),
  bad(["generate", "--times", "{dir}/early-times"], "PERIOD_INVALID"),
  bad(["generate", "--times", "{dir}/late-times"], "BACKFILL_FUTURE"),
  bad(["generate", "--times", "{dir}/missing"], "INPUT_UNREADABLE"),
  bad(["generate", "--times", "{dir}"], "INPUT_DIRECTORY"),

  ...["12345678901234567890", "9223372036854775808"].map((id) => bad(["decode", id], "PARSE_OVERFLOW")),
  ...["-5", "+5"].map((id) => bad(["decode", "--", id], "PARSE_SIGN")),
  ...["0x1f", "1e3", " 5", "NaN", "1.5"].map((id) => bad(["decode", id], "PARSE_ALPHABET")),
  bad(["decode", ""], "PARSE_LENGTH"),
  bad(["decode", "--layout", "js-safe", "9007199254740992"], "ID_OUT_OF_RANGE"),
  bad(["decode", "--input-format", "base32", "00000000000IL"], "PARSE_ALPHABET"),
  bad(["decode", "--input-format", "base32", "0000000040000U"], "PARSE_LENGTH"),
  bad(["decode", "--input-format", "base62", "0000000000-"], "PARSE_ALPHABET"),
  bad(["decode", "--input-format", "base62", "zzzzzzzzzzz"], "PARSE_OVERFLOW"),
  bad(["decode", "--input-format", "u64le", "1"], "USAGE"),
  { args: ["decode"], stdin: "5\nx\n", code: 2, error: "PARSE_LINE" },
  { args: ["decode", "--input-format", "u64be"], stdin: "1234567", code: 2, error: "PARSE_TRUNCATED" },

  bad(["verify", "{dir}/ids.csv", "--format", "text"], "PARSE_LINE"),
  bad(["verify", "{dir}/ids.csv", "--format", "ndjson"], "PARSE_LINE"),
  bad(["verify", "{dir}/ids.csv", "--format", "base32"], "PARSE_LINE"),
  bad(["verify", "{dir}/ids.csv", "--format", "u64le"], "PARSE_TRUNCATED"),
  bad(["verify", "{dir}/missing"], "INPUT_UNREADABLE"),
  bad(["verify", "{dir}"], "INPUT_DIRECTORY"),
  bad(["verify", "--temp-dir", "{dir}/missing"], "OPTION_INVALID"),
  { args: ["verify"], stdin: "5\n\n", code: 2, error: "PARSE_LINE" },
  { args: ["verify", "--layout", "js-safe"], stdin: "9007199254740992\n", code: 2, error: "ID_OUT_OF_RANGE" },

  bad(["plan"], "USAGE"),
  bad(["plan", "--rate", "10kk"], "OPTION_INVALID"),
  bad(["plan", "--rate=-1/s"], "OPTION_INVALID"),
  bad(["plan", "--rate", "1/s", "--years", "0"], "OPTION_INVALID"),
  bad(["plan", "--rate", "1/s", "--layout", '{"timestampBits":50,"sequenceBits":30}'], "LAYOUT_INVALID"),
  bad(["plan", "--rate", "1/s", "--layout", "twitter", "--machines", "1025"], "OPTION_INVALID"),
  bad(["plan", "--rate", "1/s", "--layout", "twitter", "--years", "70"], "USAGE"),

  usage(["simulate", "a", "b"], /too many arguments/),
  ...["NaN", "-1", "1.5", "4294967296", ""].map((seed) => bad(["simulate", `--seed=${seed}`], "OPTION_INVALID")),
  ...[...NO_NUMBERS, "0"].map((shards) => bad(["simulate", `--shards=${shards}`], "OPTION_INVALID")),
  ...NO_DURATIONS.map((duration) => bad(["simulate", `--duration=${duration}`], "OPTION_INVALID")),
  ...[...NO_DURATIONS, "0s", "25d"].map((duration) => bad(["simulate", `--search=${duration}`], "OPTION_INVALID")),
  bad(["simulate", "--duration", "0s"], "SCENARIO_INVALID"),
  bad(["simulate", "--profile", "mild"], "OPTION_INVALID"),
  bad(["simulate", "--world", "real"], "OPTION_INVALID"),
  bad(["simulate", "{dir}/scenario.json", "--profile", "calm"], "USAGE"),
  bad(["simulate", "--subject", "uuid", "--world", "pool"], "USAGE"),
  bad(["simulate", "{dir}/clone.json", "--world", "pool"], "SCENARIO_UNSUPPORTED"),
  bad(["simulate", "--subject", "no-such-generator"], "SUBJECT_UNKNOWN"),
  bad(["simulate", "--subject", "{dir}/missing.mjs"], "SUBJECT_UNKNOWN"),
  bad(["simulate", "--subject", "{dir}/ids.csv"], "SUBJECT_INVALID"),
  bad(["simulate", "{dir}/missing"], "INPUT_UNREADABLE"),
  bad(["simulate", "{dir}"], "INPUT_DIRECTORY"),
  bad(["simulate", "{dir}/ids.csv"], "SCENARIO_INVALID"),
  bad(["simulate", "{"], "SCENARIO_INVALID"),
  bad(["simulate", "{}"], "SCENARIO_INVALID"),
  bad(["simulate", "{dir}/scenario.json", "--shards", "2000"], "SCENARIO_INVALID"),
  bad(["simulate", '{"format":2}'], "SCENARIO_FORMAT_NEWER"),
  {
    args: ["simulate", "{dir}/bad-scenario.json"],
    code: 2,
    error: /^shardflake: Expected `faults\[1\]\.byMs` to be .*, got "much"\. .*\[SCENARIO_INVALID\]\n$/,
  },
  bad(["simulate", "--layout", "twiter"], "OPTION_INVALID"),

  ...["--report", "--save"].flatMap((option) => [
    failed(["simulate", "{dir}/scenario.json", option, "{dir}/missing/file"], "OUTPUT_FAILED"),
    failed(["simulate", "{dir}/scenario.json", option, "{dir}"], "OUTPUT_FAILED"),
    failed(["simulate", "{dir}/scenario.json", option, ""], "OUTPUT_FAILED"),
  ]),
  { args: ["simulate", "{dir}/scenario.json"], stdout: "/dev/full", code: 3, error: "OUTPUT_FAILED" },

  usage(["compare", "a"], /too many arguments/),
  ...["NaN", "-1", "1e2", "", "0", "601"].map((seconds) => bad(["compare", `--seconds=${seconds}`], "OPTION_INVALID")),
  ...[...NO_NUMBERS, "1", "9"].map((servers) => bad(["compare", `--servers=${servers}`], "OPTION_INVALID")),
  ...[...NO_NUMBERS, "999", "11M"].map((rows) => bad(["compare", `--rows=${rows}`], "OPTION_INVALID")),
  ...["", "uuid", "uuid-v4,", "uuid-v4,uuid-v4"].map((names) =>
    bad(["compare", `--designs=${names}`], "OPTION_INVALID"),
  ),
  ...["", "postgres:", "mysql://host/db", "postgres:postgres://host/a,", "postgres:http://host"].map((servers) =>
    bad(["compare", `--database=${servers}`], "OPTION_INVALID"),
  ),
  bad(["compare", "--layout", "twiter"], "OPTION_INVALID"),
  bad(["compare", "--epoch", "2999-01-01"], "EPOCH_IN_FUTURE"),
  failed(["compare", "--report", "{dir}"], "OUTPUT_FAILED"),

  failed(["generate", "--out", "{dir}/missing/ids"], "OUTPUT_FAILED"),
  failed(["generate", "--out", "{dir}"], "OUTPUT_FAILED"),
  failed(["generate", "--out", ""], "OUTPUT_FAILED"),
  failed(["generate", "--stats", "{dir}/missing/stats"], "OUTPUT_FAILED"),
  bad(["generate", "--out", "{dir}/kept", "--stats", "{dir}/kept"], "USAGE"),
  bad(["generate", "--out", "{dir}/kept", "--stats", "{dir}/link-to-kept"], "USAGE"),
  bad(["generate", "--out", "{dir}/new", "--stats", "{dir}/./new"], "USAGE"),
  bad(["simulate", "{dir}/scenario.json", "--report", "{dir}/kept", "--save", "{dir}/link-to-kept"], "USAGE"),
  bad(["simulate", "{dir}/scenario.json", "--report", "{dir}/new", "--save", "{dir}/./new"], "USAGE"),
  { args: ["generate", "--out", "/dev/full"], code: 3, error: "OUTPUT_FAILED", registers: "used" },
  { args: ["generate", "200k", "--out", "/dev/full"], code: 3, error: "OUTPUT_FAILED", registers: "used" },
  {
    args: ["generate", "5", "--out", "{dir}/new", "--stats", "/dev/full"],
    code: 3,
    error: "OUTPUT_FAILED",
    registers: "used",
  },
  { args: ["generate", "5"], stdout: "/dev/full", code: 3, error: "OUTPUT_FAILED", registers: "used" },
  { args: ["generate", "200k", ...FAR], stdout: "/dev/full", code: 3, error: "OUTPUT_FAILED", registers: "used" },
  { args: ["decode", "5"], stdout: "/dev/full", code: 3, error: "OUTPUT_FAILED" },
  { args: ["bounds", ...FAR], stdout: "/dev/full", code: 3, error: "OUTPUT_FAILED" },
  { args: ["verify"], stdin: "5\n", stdout: "/dev/full", code: 3, error: "OUTPUT_FAILED" },
  { args: ["plan", "--rate", "1/s"], stdout: "/dev/full", code: 3, error: "OUTPUT_FAILED" },
  { args: ["machines", "list"], stdout: "/dev/full", code: 3, error: "OUTPUT_FAILED" },

  failed(["generate", "--datacenter", "0", "--machines", "0", "--wait", "200ms"], "MACHINE_IDS_TAKEN"),
  failed(["generate", "200k", "--datacenter", "0", "--machines", "0", "--wait", "200ms"], "MACHINE_IDS_TAKEN"),
  failed(["generate", "--datacenter", "0", "--machines", "1", "--wait", "200ms"], "FLOOR_AHEAD"),
];
