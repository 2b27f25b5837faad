import { setTimeout as sleep } from "node:timers/promises";
import { measured, unmeasured } from "../../cell.js";
import type { Database, Databases } from "../../database/databases.js";
import type { Child } from "../../process/child.js";
import type { Stage } from "../../process/stage.js";
import { setClocks } from "../clocks.js";
import type { Design, Running } from "../design.js";
import { dealAbove, fenceAbove, leastOf, STALE_MS } from "../lattice.js";
import { Fleet } from "../networked.js";
import { startTicketMember, type TicketMember } from "./member.js";
import { CREATE_TICKETS, createRow, fenceRow, lastNumber, redealRow } from "./ticket-row.js";

const MODULE: string = new URL("./source.js", import.meta.url).href;
const STUB = "ids";

/** One service over one row: every number is a round trip, or every thousandth. */
export function ticketDesign(handsOut: "one at a time" | "segments", seats: readonly number[]): Design {
  const isOne = handsOut === "one at a time";
  return {
    name: isOne ? "ticket" : "ticket-segments",
    title: isOne ? "ticket server" : "ticket, segments",
    indexedAs: "ticket",
    async start({ stage, databases }) {
      const database = await databases.create();
      await database.query(CREATE_TICKETS);
      await database.query(createRow(STUB, 1n, 1));
      const first = await startTicketMember(stage, { server: 0, database, stub: STUB, dies: "with its database" });
      const source = { module: MODULE, export: isOne ? "openTicketSource" : "openSegmentSource" };
      const fleet = await Fleet.start(stage, source, [first], seats);
      const add = async (stub: string): Promise<readonly []> => {
        // The row that counts is where the first server's database is now: it may have been started again.
        const { database: current } = fleet.members[0]!;
        const member = await startTicketMember(stage, {
          server: fleet.nextServer(),
          database: current,
          stub,
          dies: "alone",
        });
        await fleet.set([...fleet.members, member]);
        return [];
      };
      return fleet.running({
        gaps: { kind: "counted", step: 1 },
        add: {
          safe: { what: "a second service over the same row", run: () => add(STUB) },
          unsafe: measured({
            what: "a second service with a row of its own, which begins where the first is",
            async run() {
              const { database: current } = fleet.members[0]!;
              const [row] = await current.query(lastNumber(STUB));
              await current.query(createRow("copy", BigInt(row![0]!), 1));
              return await add("copy");
            },
          }),
        },
        remove: {
          safe: {
            what: "clients leave it, then it ends",
            async run() {
              await fleet.removeLast();
              return [];
            },
          },
          unsafe: unmeasured("a service holds no number of its own"),
        },
        setClock: (offsetMs) => setClocks(childrenOf(fleet.members, databases), offsetMs),
      });
    },
  };
}

/** Flickr's two servers, one with the odd numbers and one with the even ones. */
export function ticketPairDesign(seats: readonly number[]): Design {
  return {
    name: "ticket-pair",
    title: "ticket, odd/even",
    indexedAs: "ticket",
    start: ({ stage, databases }) => startPair(stage, databases, seats),
  };
}

async function startPair(stage: Stage, databases: Databases, seats: readonly number[]): Promise<Running> {
  const another = async (server: number, first: bigint, step: number): Promise<TicketMember> => {
    const database = await databases.create();
    await database.query(CREATE_TICKETS);
    await database.query(createRow(STUB, first, step));
    return await startTicketMember(stage, { server, database, stub: STUB, dies: "with its database" });
  };
  const { first, step } = dealAbove(0n, 2);
  const pair = await Promise.all(first.map((start, server) => another(server, start, step)));
  const fleet = await Fleet.start(stage, { module: MODULE, export: "openTicketSource" }, pair, seats);
  return fleet.running({
    gaps: { kind: "counted", step: 2 },
    add: {
      safe: {
        what: "no server may count beyond a fence; then all count by three from above it",
        async run() {
          const counters = fleet.members.length + 1;
          const firsts = await redeal(fleet.members, counters);
          await fleet.set([...fleet.members, await another(fleet.nextServer(), firsts.at(-1)!, counters)]);
          return [];
        },
      },
      unsafe: measured({
        what: "the new one counts by three from where the others are, and they go on by two",
        async run() {
          await redeal(fleet.members, fleet.members.length);
          const last = await lastNumbers(fleet.members);
          const start = last.reduce((most, value) => (value > most ? value : most)) + 3n;
          await fleet.set([...fleet.members, await another(fleet.nextServer(), start, 3)]);
          return [];
        },
      }),
    },
    remove: {
      safe: {
        what: "it ends; its numbers stay unused",
        async run() {
          await fleet.removeLast();
          return [];
        },
      },
      unsafe: measured({
        what: "it ends, and the other counts by one, from where the slower of them was a moment before",
        async run() {
          const slower = leastOf(await lastNumbers(fleet.members));
          await fleet.removeLast();
          await sleep(STALE_MS);
          await countAbove(slower, fleet.members, fleet.members.length);
          return [];
        },
      }),
    },
    setClock: (offsetMs) => setClocks(childrenOf(fleet.members, databases), offsetMs),
  });
}

async function lastNumbers(members: readonly TicketMember[]): Promise<bigint[]> {
  return await Promise.all(
    members.map(async ({ database }) => {
      const [row] = await database.query(lastNumber(STUB));
      return BigInt(row![0]!);
    }),
  );
}

/** Deals the numbers above a fence out over so many counters, and returns the first of each. */
async function redeal(members: readonly TicketMember[], counters: number): Promise<readonly bigint[]> {
  const fence = fenceAbove(await lastNumbers(members));
  for (const { database } of members) {
    const fenced = await database.query(fenceRow(STUB, fence));
    if (fenced.length === 0) throw new Error(`a counter has passed the fence at ${fence}`);
  }
  return await countAbove(fence, members, counters);
}

async function countAbove(
  fence: bigint,
  members: readonly TicketMember[],
  counters: number,
): Promise<readonly bigint[]> {
  const { first, step } = dealAbove(fence, counters);
  for (const [i, { database }] of members.entries()) await database.query(redealRow(STUB, first[i]!, step));
  return first;
}

function childrenOf(members: readonly TicketMember[], { clock }: Databases): Child[] {
  const databases = new Set<Database>(clock.kind === "measured" ? members.map(({ database }) => database) : []);
  return [...members.map(({ service }) => service), ...[...databases].map(({ child }) => child)];
}
