import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What stands between clients and a server, and can go wrong. */
export interface TcpProxy {
  readonly port: number;
  /** Ends every connection, at once. */
  cut(): void;
  /**
   * The next `count` answers are lost: what the server has sent, and so has done, is thrown away, and the connection
   * ends. Resolves when they were.
   */
  loseAnswers(count: number): Promise<void>;
  remove(): Promise<void>;
}

/** Listens on loopback and passes everything on to a port there. */
export async function startProxy(targetPort: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let toLose = 0;
  let allLost: () => void = () => {};

  const server = createServer((client) => {
    const target = connect(targetPort, "127.0.0.1");
    for (const socket of [client, target]) {
      open.add(socket);
      socket.setNoDelay(true).on("error", () => {});
      socket.once("close", () => {
        open.delete(socket);
        client.destroy();
        target.destroy();
      });
    }
    client.on("data", (data) => target.write(data));
    target.on("data", (data) => {
      if (toLose === 0) {
        client.write(data);
        return;
      }
      client.destroy();
      target.destroy();
      if (--toLose === 0) allLost();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      for (const socket of open) socket.destroy();
    },
    loseAnswers(count) {
      toLose = count;
      return new Promise((resolve) => {
        allLost = resolve;
      });
    },
    async remove() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
