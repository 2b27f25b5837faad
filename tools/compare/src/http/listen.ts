import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Listens on any free port of loopback, and returns the address. */
export async function listen(server: Server): Promise<string> {
  // A client that comes back after a while finds its connection again.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
