/**
 * The real command under libfaketime: its clock is set back between two runs, and steps while it runs. Exits with 1 when
 * an ID repeats, descends, or a run ends otherwise than it should; with 0 and a word about it where libfaketime is not
 * installed (`apt-get install faketime`), or 1 with --required.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const LIBRARY =
  process.env.FAKETIME_LIBRARY ??
  ["x86_64", "aarch64"]
    .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)
    .find((path) => existsSync(path));
const MAIN = fileURLToPath(new URL("../../../tools/cli/bin/shardflake.js", import.meta.url));
const MACHINE_SHIFT = 12n;
const MACHINES = 32n;
const COUNT = 50_000;

if (LIBRARY === undefined || !existsSync(LIBRARY)) {
  console.log("skipped: libfaketimeMT.so.1 was not found; apt-get install faketime");
  process.exit(process.argv.includes("--required") ? 1 : 0);
}

const root = mkdtempSync(join(tmpdir(), "shardflake-faketime-"));
const control = join(root, "offset");
const failures = [];

function expect(what, holds, got = "") {
  console.log(`${holds ? "ok  " : "FAIL"} ${what}${holds ? "" : `: ${got}`}`);
  if (!holds) failures.push(what);
}

/** Sets the command's clock off, also while it runs. */
function setClock(offset) {
  writeFileSync(`${control}.new`, `${offset}\n`);
  renameSync(`${control}.new`, control);
}

/** One run of `generate`; `onLine(lines, process)` is told of every line. */
async function generate(directory, count, { machines = "0", wait = "20s", onLine } = {}) {
  const child = spawn(
    process.execPath,
    [MAIN, "generate", String(count), "--shards", "1", "--datacenter", "0", "--machines", machines, "--quiet"].concat([
      "--window",
      "500ms",
      "--wait",
      wait,
      "--store",
      `embedded:${join(root, directory)}`,
    ]),
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        LD_PRELOAD: LIBRARY,
        FAKETIME_TIMESTAMP_FILE: control,
        FAKETIME_DONT_FAKE_MONOTONIC: "1",
        FAKETIME_NO_CACHE: "1",
      },
    },
  );
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const ids = [];
  for await (const line of createInterface({ input: child.stdout })) {
    ids.push(BigInt(line));
    onLine?.(ids.length, child);
  }
  return { ids, code: await ended, stderr };
}

function isAscending(ids) {
  return ids.every((id, i) => i === 0 || id > ids[i - 1]);
}

function tickOf(id) {
  return Number(id >> 22n);
}

function machineIdsOf(ids) {
  return [...new Set(ids.map((id) => (id >> MACHINE_SHIFT) % MACHINES))].join();
}

try {
  setClock("+0");
  const first = await generate("second", COUNT);
  expect("a first run issues", first.code === 0 && first.ids.length === COUNT, first.stderr);
  setClock("-1");
  const second = await generate("second", COUNT);
  expect("1 s behind: the second run issues", second.code === 0 && second.ids.length === COUNT, second.stderr);
  expect("1 s behind: above all that was issued before", isAscending([...first.ids, ...second.ids]));

  setClock("+0");
  const before = await generate("hour", COUNT);
  setClock("-1h");
  const refused = await generate("hour", COUNT, { wait: "300ms" });
  expect("1 h behind: exits with 3", refused.code === 3 && refused.ids.length === 0, refused.code);
  expect("1 h behind: FLOOR_AHEAD", refused.stderr.includes("[FLOOR_AHEAD]"), refused.stderr);
  const waitMs = Number(/reaches in (\d+) ms/.exec(refused.stderr)?.[1]);
  expect("1 h behind: says how long", waitMs > 3_000_000 && waitMs <= 3_600_000, refused.stderr);
  const other = await generate("hour", COUNT, { machines: "0-1", wait: "300ms" });
  expect("1 h behind, a machine ID to spare: issues", other.code === 0 && other.ids.length === COUNT, other.stderr);
  expect("1 h behind: its clock is", tickOf(before.ids[0]) - tickOf(other.ids[0]) > 3_000_000);
  expect("1 h behind, a machine ID to spare: takes that one", machineIdsOf(other.ids) === "1", machineIdsOf(other.ids));
  expect("1 h behind: no duplicate", new Set([...before.ids, ...other.ids]).size === 2 * COUNT);
  setClock("+0");
  const healed = await generate("hour", COUNT);
  expect("set right again: goes on", healed.code === 0 && isAscending([...before.ids, ...healed.ids]), healed.stderr);

  // Steps in the middle of a busy run: back by less than is absorbed, forward by more than a window.
  const steps = new Map([
    [300_000, "-1"],
    [900_000, "+2"],
    [1_500_000, "-0.5"],
  ]);
  const stepping = await generate("steps", 2_500_000, {
    onLine: (lines) => steps.has(lines) && setClock(steps.get(lines)),
  });
  expect("steps in a run: all IDs", stepping.code === 0 && stepping.ids.length === 2_500_000, stepping.stderr);
  const gapMs = stepping.ids.reduce(
    (most, id, i, ids) => (i === 0 ? 0 : Math.max(most, tickOf(id) - tickOf(ids[i - 1]))),
    0,
  );
  expect("steps in a run: it saw the one ahead", gapMs > 1000, gapMs);
  expect("steps in a run: ascending", isAscending(stepping.ids));
  const after = await generate("steps", COUNT);
  expect("steps in a run: the next run is above", after.code === 0 && isAscending([stepping.ids.at(-1), ...after.ids]));
} finally {
  rmSync(root, { recursive: true });
}
process.exitCode = failures.length === 0 ? 0 : 1;
