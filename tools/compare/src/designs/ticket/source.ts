import { createFailOver } from "../../source/fail-over.js";
import type { Client, Source } from "../../source/source.js";
import type { Addresses } from "../addresses.js";
import type { Tickets } from "./tickets.js";

/** Numbers that were handed out together. */
interface Segment {
  readonly server: number;
  next: bigint;
  readonly step: bigint;
  left: number;
}

interface Drawing {
  readonly requests: number;
  draw(seat: number, count: number): Promise<Segment>;
  setServers(news: unknown): void;
  close(): Promise<void>;
}

/** Clients that ask a ticket server for every number. */
export async function openTicketSource({ servers }: Addresses): Promise<Source> {
  const drawing = createDrawing({ servers });
  return sourceOf(drawing, (seat) => {
    const client = {
      server: -1,
      async next() {
        const segment = await drawing.draw(seat, 1);
        client.server = segment.server;
        return segment.next;
      },
      async take(count: number) {
        const segment = await drawing.draw(seat, count);
        client.server = segment.server;
        return numbersOf(segment);
      },
    };
    return client;
  });
}

/** Numbers of one segment. */
const SEGMENT = 1000;

/** Clients of one process that share segments of {@link SEGMENT} numbers. */
export async function openSegmentSource({ servers }: Addresses): Promise<Source> {
  const drawing = createDrawing({ servers });
  let segment: Segment = { server: -1, next: 0n, step: 0n, left: 0 };
  let filling: Promise<void> | undefined;
  // Segments come from all servers in turn, whichever client needs the next one.
  let turn = 0;
  const fill = async (): Promise<void> => {
    segment = await drawing.draw(turn++, SEGMENT);
  };
  const fromSegment = (): bigint => {
    const id = segment.next;
    segment.next += segment.step;
    segment.left--;
    return id;
  };
  return sourceOf(drawing, () => {
    const refilled = async (): Promise<bigint> => {
      while (segment.left === 0) {
        filling ??= fill().finally(() => {
          filling = undefined;
        });
        await filling;
      }
      client.server = segment.server;
      return fromSegment();
    };
    const client = {
      server: -1,
      next() {
        if (segment.left === 0) return refilled();
        client.server = segment.server;
        return fromSegment();
      },
      async take(count: number) {
        const ids: bigint[] = [];
        while (ids.length < count) ids.push(await client.next());
        return ids;
      },
    };
    return client;
  });
}

function sourceOf(drawing: Drawing, connect: (seat: number) => Client): Source {
  return {
    connect,
    roundTrips: async () => drawing.requests,
    tell: (news) => drawing.setServers(news),
    close: () => drawing.close(),
  };
}

function createDrawing({ servers }: Addresses): Drawing {
  const failOver = createFailOver(servers);
  let queries = 0;
  return {
    get requests() {
      return failOver.requests + queries;
    },
    async draw(seat, count) {
      const answer = await failOver.ask(seat, { method: "GET", path: `/?count=${count}`, body: null });
      const tickets = JSON.parse(answer.text) as Tickets;
      queries += tickets.queries;
      return { server: answer.server, next: BigInt(tickets.first), step: BigInt(tickets.step), left: tickets.count };
    },
    setServers: (news) => failOver.setServers((news as Addresses).servers),
    close: () => failOver.close(),
  };
}

function numbersOf({ next, step, left }: Segment): bigint[] {
  return Array.from({ length: left }, (_, i) => next + step * BigInt(i));
}
