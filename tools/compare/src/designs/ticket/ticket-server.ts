/** The role of a ticket server: an HTTP service that hands out the numbers of one database row. */
import { createServer } from "node:http";
import type { Rows } from "../../database/query.js";
import { listen } from "../../http/listen.js";
import type { Role } from "../../process/role.js";
import { createFailOver } from "../../source/fail-over.js";
import { drawTickets } from "./ticket-row.js";
import type { Tickets } from "./tickets.js";

/** What {@link openTicketServer} takes. */
export interface TicketServerOptions {
  readonly databaseUrl: string;
  readonly stub: string;
}

export async function openTicketServer({ databaseUrl, stub }: TicketServerOptions): Promise<Role> {
  const database = createFailOver([{ server: 0, url: databaseUrl }]);
  async function draw(count: number): Promise<Tickets> {
    const body = JSON.stringify(drawTickets(stub, count));
    const { text } = await database.ask(0, { method: "POST", path: "/", body });
    const [row] = JSON.parse(text) as Rows;
    if (row === undefined) throw new Error("the counter has reached its fence");
    const [last, step] = [BigInt(row[0]!), BigInt(row[1]!)];
    return { first: String(last - step * BigInt(count - 1)), step: String(step), count, queries: 1 };
  }
  const server = createServer((request, response) => {
    const count = Number(new URL(request.url!, "http://localhost").searchParams.get("count"));
    void draw(count).then(
      (tickets) => response.end(JSON.stringify(tickets)),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  return {
    answer: await listen(server),
    handle: async () => undefined,
    clockMs: async () => Date.now(),
    async close() {
      server.closeAllConnections();
      server.close();
      await database.close();
    },
  };
}
