/** The role of a process that is a database: SQL over HTTP, on a port of its own. */
import { createServer, type IncomingMessage } from "node:http";
import { listen } from "../http/listen.js";
import type { Role } from "../process/role.js";
import type { Engine } from "./engine.js";
import { openPglite } from "./pglite-engine.js";
import { openPostgres } from "./postgres-engine.js";
import type { Query } from "./query.js";

/** Where the database is. */
export type DatabasePlace =
  | { readonly kind: "pglite"; readonly directory: string }
  | { readonly kind: "postgres"; readonly url: string; readonly schema: string };

export async function openDatabaseRole(place: DatabasePlace): Promise<Role> {
  const engine = await openEngine(place);
  const server = createServer((request, response) => {
    void answer(request, engine).then(
      (rows) => response.end(JSON.stringify(rows)),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  return {
    answer: await listen(server),
    handle: async (request) => engine.query(request as Query),
    async clockMs() {
      const [row] = await engine.query({
        text: "select (extract(epoch from clock_timestamp()) * 1000)::text",
        parameters: [],
      });
      return Number(row![0]);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await engine.close();
    },
  };
}

function openEngine(place: DatabasePlace): Promise<Engine> {
  return place.kind === "pglite" ? openPglite(place.directory) : openPostgres(place.url, place.schema);
}

async function answer(request: IncomingMessage, engine: Engine): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return await engine.query(JSON.parse(Buffer.concat(parts).toString()) as Query);
}
