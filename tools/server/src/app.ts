import type { Socket } from "node:net";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { Pool } from "@shardflake/pool";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from "fastify";
import { requireToken } from "./access.js";
import { Busy } from "./busy.js";
import { healthRoutes } from "./health-routes.js";
import { horizonRoute } from "./horizon-route.js";
import { idRoutes } from "./id-routes.js";
import type { Metrics } from "./metrics.js";
import { answerError, PROBLEM_TYPE, sendProblem } from "./problem.js";
import type { ServerOptions } from "./server-options.js";

/** Nothing that is asked here has a body worth more. */
const MOST_BODY_BYTES = 1024;
/** Who sends a request this slowly, or keeps a connection this long without one, is cut off. */
const REQUEST_MS = 10_000;
const KEEP_ALIVE_MS = 60_000;

/** The service as a Fastify application, not listening yet. */
export async function createApp(options: ServerOptions, pool: Pool, metrics: Metrics): Promise<FastifyInstance> {
  const { access, maxConcurrent } = options;
  const answer = (error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    answerError(error, request, reply, (code) => metrics.failed(code));
  const app = Fastify({
    ...loggerOf(options),
    ...(access.kind === "mutual-tls"
      ? { https: { cert: access.cert, key: access.key, ca: access.ca, requestCert: true, rejectUnauthorized: true } }
      : {}),
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: "idle",
    // A logger for each request would cost more than its ID; the one line that needs it names the request itself.
    childLoggerFactory: (logger: FastifyBaseLogger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    // What is not asked for is a mistake, and is said, not dropped.
    ajv: { customOptions: { removeAdditional: false } },
    clientErrorHandler,
    // An address that is none is refused before there is a route.
    frameworkErrors: answer,
  } as FastifyServerOptions) as FastifyInstance;
  // The headers' time counts on its own, and is longer by default than the whole request's.
  app.server.headersTimeout = REQUEST_MS;
  if (access.kind === "token") requireToken(app, access.token);
  app.setErrorHandler(answer);
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, 404, "ROUTE_UNKNOWN", `Expected a route of /openapi.json, got ${request.method} of another.`),
  );
  await app.register(swagger, {
    openapi: {
      info: { title: "Shardflake", description: "64-bit, time-sortable, unique IDs", version: "1" },
      ...(access.kind === "token"
        ? { components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } }, security: [{ token: [] }] }
        : {}),
    },
  });
  await app.register(swaggerUi, { routePrefix: "/docs" });
  const routes = { pool, metrics, busy: new Busy(maxConcurrent) };
  await app.register(idRoutes(routes));
  await app.register(horizonRoute(routes));
  await app.register(healthRoutes(pool, metrics));
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
  return app;
}

/** Structured logs on stderr; what may hold a secret is cut out. */
function loggerOf({ log }: ServerOptions): FastifyServerOptions {
  if (log === "silent") return { logger: false };
  return {
    logger: {
      level: log,
      stream: process.stderr,
      redact: { paths: ["req.headers.authorization", "headers.authorization", "token"], censor: "[redacted]" },
    },
  };
}

/** What is no HTTP at all gets its answer before any route. */
function clientErrorHandler(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const isSlow = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
  const [status, title] = isSlow ? [408, "Request Timeout"] : [400, "Bad Request"];
  const body = JSON.stringify({
    type: "about:blank",
    title,
    status,
    detail: isSlow ? `Expected a request within ${REQUEST_MS} ms.` : "Expected a request in HTTP/1.1.",
    code: isSlow ? "REQUEST_SLOW" : "REQUEST_MALFORMED",
  });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `connection: close\r\n\r\n${body}`,
  );
}
