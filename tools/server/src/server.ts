import type { AddressInfo } from "node:net";
import { createPool, encoderFor, LeaseUnavailableError, type Pool } from "@shardflake/pool";
import type { FastifyInstance } from "fastify";
import { createApp } from "./app.js";
import { createMetrics } from "./metrics.js";
import type { ServerOptions } from "./server-options.js";

/** A service that answers. */
export interface Listening {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /**
   * Takes no new request, answers what is in work, gives the machine IDs back. Connections that are still open when
   * `drainMs` is over are cut.
   */
  close(): Promise<void>;
}

/**
 * Starts the ID service: takes its machine IDs first, so that it is ready when it listens.
 *
 * @throws whatever `createPool` throws; LeaseUnavailableError when no machine ID was free for `acquireMs`; the system's
 * error when the address cannot be had
 */
export async function startServer(options: ServerOptions): Promise<Listening> {
  const pool = await createPool({ ...options.pool, shards: 0, waitMs: options.maxWaitMs });
  const metrics = createMetrics(pool);
  let app: FastifyInstance | undefined;
  try {
    await takeMachineIds(pool, options);
    await metrics.probeStore();
    app = await createApp(options, pool, metrics);
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    metrics.close();
    await app?.close();
    await pool.close();
    throw error;
  }
  const listening = app;
  const { port } = listening.server.address() as AddressInfo;
  const scheme = options.access.kind === "mutual-tls" ? "https" : "http";
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  let closed: Promise<void> | undefined;
  return {
    url: `${scheme}://${host}:${port}`,
    close() {
      closed ??= shutDown(listening, pool, options.drainMs).finally(() => metrics.close());
      return closed;
    },
  };
}

/** A request waits only as long as its client would; the start may take longer. */
async function takeMachineIds(pool: Pool, { acquireMs, pool: { signal } }: ServerOptions): Promise<void> {
  const untilMs = performance.now() + acquireMs;
  for (;;) {
    signal?.throwIfAborted();
    try {
      await pool.take(0, encoderFor("text"));
      return;
    } catch (error) {
      if (!(error instanceof LeaseUnavailableError) || performance.now() >= untilMs) throw error;
    }
  }
}

async function shutDown(app: FastifyInstance, pool: Pool, drainMs: number): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), drainMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
    await pool.close();
  }
}
