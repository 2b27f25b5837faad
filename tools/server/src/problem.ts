import { ShardflakeError } from "@shardflake/core";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

/** Problem details for HTTP APIs (RFC 9457), with the code of the error. */
export interface Problem {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
}

export const PROBLEM_TYPE = "application/problem+json";

/** When nothing better is known, whoever was refused may come again after so long, in seconds. */
const DEFAULT_RETRY_S = 1;

/** What is wrong with a request, as the codec and the pool say it: the schema lets an infinite count through. */
const BAD_REQUEST: ReadonlySet<string> = new Set([
  "COUNT_INVALID",
  "ID_OUT_OF_RANGE",
  "PARSE_ALPHABET",
  "PARSE_LENGTH",
  "PARSE_OVERFLOW",
  "PARSE_SIGN",
  "PERIOD_INVALID",
  "TIME_INVALID",
]);

/** Errors of the pool after which the same request may be served. */
const UNAVAILABLE: ReadonlySet<string> = new Set([
  "WINDOW_EXHAUSTED",
  "MACHINE_IDS_TAKEN",
  "FLOOR_AHEAD",
  "STORE_UNAVAILABLE",
  "STORE_DENIED",
  "STORE_FULL",
  "LEASE_LOST",
  "KEEPER_STOPPED",
  "KEEPER_CLOSED",
  "POOL_CLOSED",
  "CLOCK_AHEAD",
  "CLOCK_BEHIND",
  "CLOCK_STEPPED_BACK",
  "CLOCK_UNREADABLE",
  "EPOCH_IN_FUTURE",
  "LIFETIME_OVER",
  "OVERLOADED",
  "SERVER_BUSY",
]);

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Not authorised",
  404: "Not found",
  405: "Method not allowed",
  413: "Body too large",
  414: "Address too long",
  500: "Internal error",
  503: "No IDs at this moment",
};

/** Answers with a problem; what is not known to be harmless is not repeated to strangers. */
export function sendProblem(reply: FastifyReply, status: number, code: string, detail: string): FastifyReply {
  const problem: Problem = { type: "about:blank", title: TITLES[status] ?? "Refused", status, detail, code };
  return reply.code(status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}

/** What becomes of an error that a request ended with. No stack, and no message that nobody has thought of, leaves here. */
export function answerError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
  count: (code: string) => void,
): FastifyReply {
  if (error instanceof ShardflakeError && BAD_REQUEST.has(error.code)) {
    count(error.code);
    return sendProblem(reply, 400, error.code, error.message);
  }
  if (error instanceof ShardflakeError && UNAVAILABLE.has(error.code)) {
    count(error.code);
    const retryS = error.retryAfterMs === undefined ? DEFAULT_RETRY_S : Math.ceil(error.retryAfterMs / 1000);
    reply.header("retry-after", Math.max(DEFAULT_RETRY_S, retryS));
    return sendProblem(reply, 503, error.code, error.message);
  }
  const status = "statusCode" in error && error.statusCode !== undefined ? error.statusCode : 500;
  if (status >= 400 && status < 500) {
    const code = "validation" in error && error.validation ? "REQUEST_INVALID" : "REQUEST_REFUSED";
    count(code);
    return sendProblem(reply, status, code, error.message);
  }
  count(error instanceof ShardflakeError ? error.code : "INTERNAL");
  request.log.error({ err: error, reqId: request.id, url: request.url }, "a request failed");
  return sendProblem(reply, 500, "INTERNAL", "The request failed; the log of the service says why.");
}
