import { decompose } from "@shardflake/core";
import type { FastifyInstance } from "fastify";
import { ID_TEXT, type IdRoutes } from "./id-routes.js";

/** The route that says up to where whoever follows a table may read. */
export function horizonRoute({ pool, busy, metrics }: IdRoutes): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.get(
      "/v1/horizon",
      {
        schema: {
          summary: "An ID below which no request that begins later gets any, from anybody in the namespace",
          response: {
            200: {
              description: "The ID, and the start of its tick",
              type: "object",
              properties: { horizon: ID_TEXT, time: { type: "string", format: "date-time" } },
            },
          },
        },
      },
      async (_request, reply) => {
        busy.enter();
        let horizon: bigint;
        try {
          horizon = await pool.horizon();
        } finally {
          busy.leave();
        }
        const { timestampMs } = decompose(pool.layout, horizon);
        metrics.horizonTold(timestampMs);
        reply.header("cache-control", "no-store");
        return { horizon: horizon.toString(), time: new Date(timestampMs).toISOString() };
      },
    );
  };
}
