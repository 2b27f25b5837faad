import { fileURLToPath } from "node:url";
import { type Daemon, startDaemon, until } from "../../../packages/pool/test/servers/daemon.js";

const MAIN = fileURLToPath(new URL("../../cli/dist/main.js", import.meta.url));

/** The real command, serving on a port of loopback. */
export interface Service extends Daemon {
  readonly url: string;
}

/** Starts `shardflake serve` and waits until it is ready. */
export async function startService(
  port: number,
  options: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Service> {
  const daemon = startDaemon(process.execPath, [MAIN, "serve", "--port", String(port), ...options], env);
  const url = `http://127.0.0.1:${port}`;
  await until("the service to be ready", async () => (await fetch(`${url}/readyz`)).ok, 40_000, daemon.output);
  return { ...daemon, url };
}

/** The machine IDs whose windows a service holds now, as "datacenter/machine". */
export async function machinesOf({ url }: Pick<Service, "url">): Promise<string[]> {
  const { windows } = (await (await fetch(`${url}/readyz`)).json()) as { windows: { machine: string }[] };
  return windows.map(({ machine }) => machine);
}
