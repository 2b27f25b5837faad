import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { freePorts } from "../../../packages/pool/test/servers/free-port.js";
import { startService } from "./service.js";

const REQUESTS = Number(process.env.SHARDFLAKE_SOAK_REQUESTS ?? 5000);
const SLOW_SOCKETS = 100;
/** After the first tenth everything is compiled and every pool is filled; from then on memory stays. */
const MOST_GROWTH_BYTES = 40e6;
const TOKEN = "a-token-that-nobody-guesses";

const text = fc.string({ maxLength: 40 });
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.bigInt(),
  fc.constantFrom("", "NaN", "1e309", "0x10", "９", "1;DROP"),
);
const query = fc.oneof(
  number.map((count) => `count=${encodeURIComponent(String(count))}`),
  text.map((format) => `count=1&format=${encodeURIComponent(format)}`),
  fc.tuple(text, text).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  fc.constantFrom("count=1&count=2", "count[]=1", "from=2026-01-01", "from=x&to=y", "%zz", "count=%00"),
);
const path = fc.oneof(
  query.map((asked) => `/v1/ids?${asked}`),
  query.map((asked) => `/v1/bounds?${asked}`),
  text.map((id) => `/v1/ids/${encodeURIComponent(id)}`),
  text.map((rest) => `/${encodeURIComponent(rest)}`),
);
const method = fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
const token = fc.oneof(
  { weight: 3, arbitrary: fc.constant(TOKEN) },
  { weight: 1, arbitrary: fc.stringMatching(/^[\x21-\x7e]{0,60}$/) },
);
const garbage = fc.uint8Array({ minLength: 1, maxLength: 400 });

it(`answers ${REQUESTS} fuzzed requests with nothing but 2xx and 4xx, in memory that stays flat`, async () => {
  const [port] = (await freePorts(1)) as [number];
  const directory = mkdtempSync(join(tmpdir(), "shardflake-fuzz-"));
  writeFileSync(join(directory, "token"), TOKEN);
  const options = ["--store", "memory", "--unsafe-memory", "--token-file", join(directory, "token"), "--quiet"];
  const service = await startService(port, options);
  const statuses = new Map<number, number>();
  const residentBytes = async (): Promise<number> => {
    const answer = await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
    return Number(/^process_resident_memory_bytes (\S+)$/m.exec(await answer.text())![1]);
  };
  const slow: Socket[] = [];
  try {
    const ask = async (asked: string, by: string, bearer: string, body: string): Promise<void> => {
      const init = { method: by, headers: { authorization: `Bearer ${bearer}` }, ...(by === "GET" ? {} : { body }) };
      const answer = await fetch(service.url + asked, init);
      await answer.arrayBuffer();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const isFine = answer.status < 300 || (answer.status >= 400 && answer.status < 500) || asked.startsWith("/docs");
      if (!isFine) throw new Error(`${by} ${asked} was answered with ${answer.status}`);
    };
    // Who sends a byte now and then holds nobody up, and is cut off.
    for (let i = 0; i < SLOW_SOCKETS; i++) {
      const socket = connect(port, "127.0.0.1").on("error", () => {});
      socket.resume();
      socket.write("GET /v1/ids HTTP/1.1\r\nhost: x\r\nx-slow: ");
      slow.push(socket);
    }
    const dripping = setInterval(() => {
      for (const socket of slow) if (socket.writable) socket.write("y");
    }, 500);
    const ended = Promise.all(slow.map((socket) => once(socket, "close")));
    let warmBytes = 0;
    for (let done = 0; done < REQUESTS; ) {
      if (done >= REQUESTS / 10 && warmBytes === 0) warmBytes = await residentBytes();
      await fc.assert(
        fc.asyncProperty(path, method, token, text, async (...request) => {
          await ask(...request);
        }),
        { numRuns: 500, seed: done },
      );
      done += 500;
      await Promise.all(fc.sample(garbage, { numRuns: 10, seed: done }).map((bytes) => sendGarbage(port, bytes)));
    }
    const grownBytes = (await residentBytes()) - warmBytes;
    const answered = performance.now();
    await ended;
    clearInterval(dripping);
    process.stdout.write(
      `statuses ${JSON.stringify([...statuses].sort(([a], [b]) => a - b))}, memory grew by ${(grownBytes / 1e6).toFixed(1)} MB; ` +
        `${SLOW_SOCKETS} slow connections cut, the last ${((performance.now() - answered) / 1000).toFixed(1)} s after the load\n`,
    );
    expect(grownBytes).toBeLessThan(MOST_GROWTH_BYTES);
    expect(service.process.exitCode).toBeNull();
    await service.stop("SIGTERM");
    expect(service.process.exitCode).toBe(0);
  } finally {
    for (const socket of slow) socket.destroy();
    service.process.kill("SIGKILL");
    rmSync(directory, { recursive: true });
  }
}, 300_000);

/** Sends bytes that are no HTTP, and waits until the service has closed the connection. */
async function sendGarbage(port: number, bytes: Uint8Array): Promise<void> {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  socket.end(bytes);
  socket.resume();
  await once(socket, "close");
}
