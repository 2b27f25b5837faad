import type { Query } from "../../database/query.js";

/** The row of one counter: the last number, the step to the next, and the number it may not pass. */
export const CREATE_TICKETS: Query = {
  text: "create table tickets (stub text primary key, id bigint not null, step bigint not null, most bigint not null)",
  parameters: [],
};

const BIGINT_MAX = 2n ** 63n - 1n;

/** A counter that begins with `first`. */
export function createRow(stub: string, first: bigint, step: number): Query {
  return {
    text: "insert into tickets values ($1, $2::bigint, $3::bigint, $4::bigint)",
    parameters: [stub, String(first - BigInt(step)), step, String(BIGINT_MAX)],
  };
}

/**
 * `REPLACE INTO Tickets64 (stub) VALUES ('a')` and `LAST_INSERT_ID()` (Flickr, "Ticket Servers: Distributed Unique Primary
 * Keys on the Cheap", 2010) in PostgreSQL's words: one statement that replaces the row and returns its number, or many.
 */
export function drawTickets(stub: string, count: number): Query {
  return {
    text: `insert into tickets as t values ($1, 0, 0, 0)
      on conflict (stub) do update set id = t.id + t.step * $2::bigint where t.id + t.step * $2::bigint <= t.most
      returning id::text, step::text`,
    parameters: [stub, count],
  };
}

export function lastNumber(stub: string): Query {
  return { text: "select id::text from tickets where stub = $1", parameters: [stub] };
}

/** From here on the row counts no further than the fence. */
export function fenceRow(stub: string, fence: bigint): Query {
  return {
    text: "update tickets set most = $2::bigint where stub = $1 and id <= $2::bigint returning id::text",
    parameters: [stub, String(fence)],
  };
}

/** The row goes on from another number, with another step. */
export function redealRow(stub: string, first: bigint, step: number): Query {
  return {
    text: "update tickets set id = $2::bigint, step = $3::bigint, most = $4::bigint where stub = $1",
    parameters: [stub, String(first - BigInt(step)), step, String(BIGINT_MAX)],
  };
}
