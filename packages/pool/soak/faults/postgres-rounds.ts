import { type PostgresServer, startPostgres } from "../../test/servers/postgres-server.js";
import { startProxy } from "../../test/servers/tcp-proxy.js";
import { type FaultRounds, FleetUnderFaults } from "./fleet-under-faults.js";

/** IDs that every issuer must acknowledge before and after each fault. */
const LEAST_IDS = 1000;

/** Two processes on one PostgreSQL server, behind a proxy, while all goes wrong that can. */
export async function postgresRounds(
  binaries: Readonly<Record<"initdb" | "postgres", string>>,
  { rounds, windowMs, batch }: { readonly rounds: number; readonly windowMs: number; readonly batch: number },
): Promise<FaultRounds> {
  const server = await startPostgres(binaries);
  const proxy = await startProxy(server.port);
  const store = server.url.replace(String(server.port), String(proxy.port));
  const fleet = new FleetUnderFaults({ store, windowMs, waitMs: windowMs / 2, batch, pauseMs: 10 }, 2);
  try {
    for (let round = 0; round < rounds; round++) {
      await fleet.suffer("3 answers lost after the commit", LEAST_IDS, () => proxy.loseAnswers(3));
      await fleet.suffer("connections cut", LEAST_IDS, async () => proxy.cut());
      await fleet.suffer("restart, fast", LEAST_IDS, () => restart(server, "SIGINT"));
      await fleet.suffer("process killed and restarted, answers lost", LEAST_IDS, async () => {
        await Promise.all([fleet.killAndRestart(round % 2), proxy.loseAnswers(2)]);
      });
      await fleet.suffer("server killed, away for longer than a window", LEAST_IDS, async () => {
        await server.stop("SIGQUIT");
        await new Promise((resolve) => setTimeout(resolve, 1.6 * windowMs));
        await server.start();
      });
    }
    return await fleet.finish();
  } finally {
    await fleet.remove();
    await proxy.remove();
    await server.remove();
  }
}

async function restart(server: PostgresServer, signal: NodeJS.Signals): Promise<void> {
  await server.stop(signal);
  await server.start();
}
