import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { Bench, MAIN } from "../command.js";
import type { Measurement, Outcome } from "../suite.js";

const CONNECTIONS = 32;
const ROUNDS = 3;
const ROUND_S = 4;
/** The size of an answer with one ID of 18 digits. */
const ONE_ID_BYTES = 30;
const LEAST_RATIO = 0.7;
const LEAST_IDS_PER_SECOND = 3e6;
const MANY = 1000;
/** One machine ID issues 4.1 M IDs/s at most; with four the ceiling is out of the way. */
const LANES = "4";

const ABOUT = `The service and a bare route of the same framework that answers a constant of the same size, in turns, ${CONNECTIONS}
connections without pipelining.`;

const BARE = fileURLToPath(new URL("../bare-server.js", import.meta.url));

/** The service against a bare route of the same framework, in turns; and how many IDs it hands out a second. */
export async function serve(): Promise<Outcome> {
  const bench = new Bench();
  const bare = spawn(process.execPath, [BARE, String(ONE_ID_BYTES)], { stdio: ["pipe", "pipe", "inherit"] });
  const own = spawn(
    process.execPath,
    [MAIN, "serve", "--port", "0", "--lanes", LANES, "--store", `embedded:${join(bench.directory, "state")}`],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  try {
    const [bareUrl, ownUrl] = [await addressIn(bare, "stdout"), await addressIn(own, "stderr")];
    const one: { bare: autocannon.Result; own: autocannon.Result }[] = [];
    await load(bareUrl, "/v1/ids", 1);
    await load(ownUrl, "/v1/ids", 1);
    for (let round = 0; round < ROUNDS; round++) {
      one.push({ bare: await load(bareUrl, "/v1/ids", ROUND_S), own: await load(ownUrl, "/v1/ids", ROUND_S) });
    }
    const ratio = median(one.map(({ bare, own }) => own.requests.average / bare.requests.average));
    const json = await load(ownUrl, `/v1/ids?count=${MANY}`, ROUND_S);
    const binary = await load(ownUrl, `/v1/ids?count=${MANY}&format=u64le`, ROUND_S);
    const p99 = (results: readonly autocannon.Result[]): string =>
      `${median(results.map(({ latency }) => latency.p99))} ms`;
    const measurements = [
      {
        what: "count=1 against a bare route, requests/s",
        figure:
          `${ratio.toFixed(2)} × (${median(one.map(({ own }) => own.requests.average)).toFixed(0)} against ` +
          `${median(one.map(({ bare }) => bare.requests.average)).toFixed(0)}; p99 ${p99(one.map(({ own }) => own))} against ${p99(one.map(({ bare }) => bare))})`,
        value: ratio,
        bound: `≥ ${LEAST_RATIO} ×`,
        holds: ratio >= LEAST_RATIO && one.every(({ own }) => own.non2xx === 0 && own.errors === 0),
      },
      idsPerSecond("JSON", json),
      idsPerSecond("u64le", binary),
    ];
    return { about: ABOUT, measurements, tables: [] };
  } finally {
    bare.stdin?.end();
    own.kill("SIGTERM");
    await new Promise((resolve) => own.once("close", resolve));
    bench.close();
  }
}

function idsPerSecond(format: string, result: autocannon.Result): Measurement {
  const rate = result.requests.average * MANY;
  return {
    what: `count=${MANY}, ${format}`,
    figure: `${(rate / 1e6).toFixed(2)} M IDs/s, p99 ${result.latency.p99} ms`,
    value: rate,
    bound: `≥ ${LEAST_IDS_PER_SECOND / 1e6} M IDs/s`,
    holds: rate >= LEAST_IDS_PER_SECOND && result.non2xx === 0 && result.errors === 0,
  };
}

async function load(url: string, path: string, seconds: number): Promise<autocannon.Result> {
  return autocannon({ url: url + path, connections: CONNECTIONS, duration: seconds, timeout: 10 });
}

async function addressIn(child: ChildProcess, stream: "stdout" | "stderr"): Promise<string> {
  for await (const line of createInterface({ input: child[stream]! })) {
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (found === undefined) continue;
    child[stream]!.resume();
    return found;
  }
  throw new Error("the server ended before it listened");
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
