/**
 * A server that answers every request with a new ID.
 *
 *     node dist/http-handler.js [state directory]
 *
 * `claim()` gives this thread a generator with a machine ID of its own, which the pool keeps renewed. Several processes
 * with the same state directory get different machine IDs, so all of their IDs differ.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createPool, embeddedStore } from "@shardflake/pool";

const pool = await createPool({ shards: 0, store: embeddedStore(process.argv[2]) });
const ids = await pool.claim();

const server = createServer(async (_request, response) => {
  try {
    const id = await ids.nextAsync();
    response.setHeader("content-type", "application/json");
    // As a string: JSON numbers lose the last digits of 63 bits in most readers.
    response.end(JSON.stringify({ id: id.toString() }));
  } catch (error) {
    // A clock that was set far back, for one: no ID is better than a wrong one.
    response.statusCode = 503;
    response.end(JSON.stringify({ error: (error as Error).message }));
  }
});

server.listen(0, "127.0.0.1");
await once(server, "listening");
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);

await once(process, "SIGTERM");
server.close();
server.closeAllConnections();
// Gives the machine ID back, so that the next start may take it at once.
await pool.close();
