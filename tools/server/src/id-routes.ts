import { bounds, decompose, LayoutError, ParseError, parseDecimal, timeMsOf } from "@shardflake/core";
import { type Encoder, encoderFor, type Pool, quotedEncoder } from "@shardflake/pool";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Busy } from "./busy.js";
import type { Metrics } from "./metrics.js";
import { MOST_IDS } from "./server-options.js";

/** What the routes work with. */
export interface IdRoutes {
  readonly pool: Pool;
  readonly busy: Busy;
  readonly metrics: Metrics;
}

type AnswerFormat = "json" | "text" | "u64le";

interface IdsQuery {
  readonly count: number;
  readonly format: AnswerFormat;
}

const ENCODERS: Readonly<Record<AnswerFormat, Encoder>> = {
  json: quotedEncoder(),
  text: encoderFor("text"),
  u64le: encoderFor("u64le"),
};

const TYPES: Readonly<Record<AnswerFormat, string>> = {
  json: "application/json; charset=utf-8",
  text: "text/plain; charset=utf-8",
  u64le: "application/octet-stream",
};

/** Up to this length an answer is sent as text. */
const SHORT_BYTES = 1024;

const HEAD = Buffer.from('{"ids":[');
const TAIL = Buffer.from("]}");

/** How IDs are described in the OpenAPI document. */
export const ID_TEXT = {
  type: "string",
  pattern: "^[0-9]{1,19}$",
  description: "decimal; a JSON number would lose digits",
};

/** The routes that issue and explain IDs, as a plugin of their own so that the OpenAPI document has all of them. */
export function idRoutes({ pool, busy, metrics }: IdRoutes): (app: FastifyInstance) => Promise<void> {
  const { layout } = pool;
  return async (app) => {
    app.get<{ Querystring: IdsQuery }>(
      "/v1/ids",
      {
        schema: {
          summary: "New IDs, ascending",
          querystring: {
            type: "object",
            additionalProperties: false,
            properties: {
              count: { type: "integer", minimum: 1, maximum: MOST_IDS, default: 1 },
              format: { type: "string", enum: ["json", "text", "u64le"], default: "json" },
            },
          },
          response: {
            200: {
              description: 'JSON {"ids":["…"]}, a decimal a line, or 8 bytes an ID',
              content: {
                "application/json": {
                  schema: { type: "object", properties: { ids: { type: "array", items: ID_TEXT } } },
                },
                "text/plain": { schema: { type: "string" } },
                "application/octet-stream": { schema: { type: "string", format: "binary" } },
              },
            },
          },
        },
        // Bytes go out as they are; the schema is for readers.
        serializerCompiler: () => (data) => data as string,
      },
      async ({ query: { count, format } }, reply) => {
        busy.enter();
        let records: Uint8Array;
        try {
          records = await pool.take(count, ENCODERS[format]);
        } finally {
          busy.leave();
        }
        metrics.issued(count);
        return answer(reply, format, records);
      },
    );

    app.get<{ Params: { id: string } }>(
      "/v1/ids/:id",
      { schema: { summary: "An ID in its sections", params: { type: "object", properties: { id: ID_TEXT } } } },
      async ({ params }) => {
        const { timestampMs, datacenterId, machineId, sequence } = decompose(layout, parseDecimal(params.id));
        return {
          id: params.id,
          time: isoOf(timestampMs),
          timestampMs,
          datacenterId,
          machineId,
          sequence,
        };
      },
    );

    app.get<{ Querystring: { from: string; to: string } }>(
      "/v1/bounds",
      {
        schema: {
          summary: "Smallest and largest ID of the period [from, to), both inclusive, for range queries",
          querystring: {
            type: "object",
            additionalProperties: false,
            required: ["from", "to"],
            properties: { from: { type: "string", description: "ISO 8601, or Unix ms" }, to: { type: "string" } },
          },
        },
      },
      async ({ query }) => {
        const { min, max } = bounds(layout, timeOf("from", query.from), timeOf("to", query.to));
        return { min: min.toString(), max: max.toString() };
      },
    );
  };
}

function answer(reply: FastifyReply, format: AnswerFormat, records: Uint8Array): FastifyReply {
  reply.header("content-type", TYPES[format]).header("cache-control", "no-store");
  const body = format === "json" ? jsonOf(records) : records;
  // A short text goes out in one piece with its headers, where bytes would be a second one.
  return reply.send(format !== "u64le" && body.length <= SHORT_BYTES ? textOf(body) : body);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** Closes the array whose items the records are; the last of them ends with a comma. */
function jsonOf(records: Uint8Array): Buffer {
  const items = records.length - 1;
  const json = Buffer.allocUnsafe(HEAD.length + items + TAIL.length);
  json.set(HEAD);
  json.set(records.subarray(0, items), HEAD.length);
  json.set(TAIL, HEAD.length + items);
  return json;
}

/** A long tick takes a layout beyond the last date. @throws ParseError `ID_OUT_OF_RANGE` */
function isoOf(ms: number): string {
  const date = new Date(ms);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new ParseError("ID_OUT_OF_RANGE", `Expected an ID whose time has a date, got one of Unix millisecond ${ms}.`);
}

/** @throws LayoutError `TIME_INVALID` */
function timeOf(name: string, text: string): number {
  const ms = timeMsOf(text);
  if (ms !== undefined) return ms;
  throw new LayoutError(
    "TIME_INVALID",
    `Expected \`${name}\` to be a time such as 2026-01-31T12:00:00Z or Unix milliseconds, got ${JSON.stringify(text.slice(0, 60))}.`,
  );
}
