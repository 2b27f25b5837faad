import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { Bench, COMMAND } from "../command.js";
import type { Measurement, Outcome } from "../suite.js";

const MB = 1e6;
const SAMPLE_MS = 100;
/** How long the slow reader reads, and then does not. */
const SLOW_MS = 5000;
const STOPPED_MS = 30_000;
const SLOW_BYTES_PER_MS = 10_000;
const MOST_BUFFER_MB = 2;

/** Resident memory from beginning to end: into the void, and with a reader that is slow, stops, and goes away. */
export async function memory(): Promise<Outcome> {
  const bench = new Bench();
  const measurements: Measurement[] = [];
  for (const [shards, lanes, mostMb] of [
    [2, 16, 200],
    [32, 1, 80 + 12 * 32],
  ] as const) {
    const generate = `exec ${COMMAND} generate 1e9 --shards ${shards} --lanes ${lanes} --format u64le --quiet`;
    const toNothing = await watch(bench, `${generate} > /dev/null`, () => new Promise(() => {}));
    const slow = await watch(bench, generate, readSlowly);
    for (const [reader, { peakBytes, ending }] of [
      ["/dev/null", toNothing],
      ["10 MB/s, stopped 30 s, gone", slow],
    ] as const) {
      measurements.push({
        what: `${shards} × ${lanes}, ${reader}`,
        figure: `${(peakBytes / MB).toFixed(0)} MB at most, ${ending}`,
        value: peakBytes / MB,
        bound: `≤ ${mostMb} MB, exit 0, quiet`,
        holds: peakBytes <= mostMb * MB && ending === "exit 0, quiet",
      });
    }
  }
  for (const [shards, lanes] of [
    [1, 1],
    [2, 16],
    [32, 1],
  ] as const) {
    const megabytes = buffersOf(bench, shards, lanes) / shards / MB;
    measurements.push({
      what: `${shards} × ${lanes}, buffers at work`,
      figure: `${megabytes.toFixed(2)} MB a shard`,
      value: megabytes,
      bound: `≤ ${MOST_BUFFER_MB} MB a shard`,
      holds: megabytes <= MOST_BUFFER_MB,
    });
  }
  bench.close();
  return {
    about:
      "Resident memory of `generate 1e9` from beginning to end, sampled from outside: into the void, and with a reader " +
      "that is slow, then stops reading, then goes away. Buffers are what a pool allocates for its threads to write into " +
      "while it writes 1e7 IDs as text: every SharedArrayBuffer made meanwhile is counted, and none is made twice.",
    measurements,
    tables: [],
  };
}

interface Watched {
  readonly peakBytes: number;
  readonly ending: string;
}

async function watch(bench: Bench, line: string, read: (child: ChildProcess) => Promise<void>): Promise<Watched> {
  const child = spawn("bash", ["-c", line], {
    cwd: bench.directory,
    env: { ...process.env, SHARDFLAKE_STATE_DIR: bench.directory },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr?.on("data", (data: Buffer) => {
    complaint += data.toString();
  });
  let peakBytes = 0;
  const sampling = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentBytes(child.pid!));
  }, SAMPLE_MS);
  const ended = new Promise<string>((resolve) => {
    child.on("exit", (code, signal) => resolve(`exit ${code ?? signal}`));
  });
  void read(child);
  const ending = await ended;
  clearInterval(sampling);
  return { peakBytes, ending: `${ending}, ${complaint === "" ? "quiet" : `said ${complaint.trim()}`}` };
}

/** A reader held to 10 MB/s that then stops reading, and at last goes away. */
async function readSlowly({ stdout }: ChildProcess): Promise<void> {
  const input = stdout as Readable;
  const startMs = performance.now();
  let bytes = 0;
  for await (const chunk of input.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    const elapsedMs = performance.now() - startMs;
    if (elapsedMs > SLOW_MS) break;
    await sleep(Math.max(0, bytes / SLOW_BYTES_PER_MS - elapsedMs));
  }
  await sleep(STOPPED_MS);
  input.destroy();
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Bytes of shared memory that one request allocates, in a process of its own. */
function buffersOf(bench: Bench, shards: number, lanes: number): number {
  const script = `
    const { createPool } = await import("${import.meta.resolve("@shardflake/pool")}");
    const pool = await createPool({ shards: ${shards}, lanes: ${lanes} });
    let bytes = 0;
    globalThis.SharedArrayBuffer = class extends SharedArrayBuffer {
      constructor(length) {
        super(length);
        bytes += length;
      }
    };
    await pool.write(() => {}, { count: 1e7, format: "text" });
    console.log(bytes);
    await pool.close();`;
  return Number(bench.run(`"${process.execPath}" --input-type=module -e '${script}'`));
}

/** VmRSS of a process, 0 once it is gone. */
function residentBytes(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
