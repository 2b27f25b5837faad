import type { Pool } from "@shardflake/pool";
import type { FastifyInstance } from "fastify";
import type { Metrics } from "./metrics.js";

/** What orchestrators and operators ask: does it live, can it issue, what does it do. */
export function healthRoutes(pool: Pool, metrics: Metrics): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.get("/healthz", { schema: { summary: "The process answers" } }, async () => ({ status: "ok" }));

    app.get("/readyz", { schema: { summary: "It holds a window in which it may issue" } }, async (_request, reply) => {
      const windows = pool
        .stats()
        .here.lanes.filter(({ isOpen, windowEndMs }) => isOpen && windowEndMs > Date.now())
        .map(({ datacenterId, machineId, windowEndMs }) => ({
          machine: `${datacenterId}/${machineId}`,
          until: new Date(windowEndMs).toISOString(),
        }));
      return reply
        .code(windows.length > 0 ? 200 : 503)
        .send({ status: windows.length > 0 ? "ready" : "no window", windows });
    });

    app.get("/metrics", { schema: { summary: "Prometheus metrics" } }, async (_request, reply) => {
      reply.type(metrics.registry.contentType);
      return metrics.registry.metrics();
    });
  };
}
