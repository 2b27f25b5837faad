import type { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../common-options.js";
import type { CommandContext } from "../context.js";

/** Options of `shardflake serve`, as commander hands them over. */
export interface ServeOptions extends CommonOptions {
  readonly host: string;
  readonly port: string;
  readonly lanes: string;
  readonly datacenter?: string;
  readonly machines?: string;
  readonly tokenFile?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsCa?: string;
  readonly insecure?: true;
  readonly singleHost?: true;
  readonly sequenceStart?: string;
  readonly unsafeMemory?: true;
  readonly maxWait: string;
  readonly maxConcurrent: string;
  readonly drain: string;
}

export function registerServe(program: Command, context: CommandContext): void {
  const command = program
    .command("serve")
    .description("the ID service: IDs over HTTP, with health, metrics and an OpenAPI page at /docs")
    .option(
      "--host <address>",
      "listen here; anything but loopback needs --token-file, mutual TLS or --insecure",
      "127.0.0.1",
    )
    .option("--port <port>", "listen on this port, 0 for any free one", "8080")
    .option("--lanes <k>", "machine IDs to issue with: 4,096,000 IDs/s each in the default layout", "1")
    .option("--datacenter <id>", "lease machine IDs of this datacenter only")
    .option("--machines <ids>", "lease these machine IDs only, such as 0-31 or 3,5")
    .option("--token-file <file>", "ask for the token in this file (Authorization: Bearer …)")
    .option("--tls-cert <file>", "mutual TLS: the service's certificate")
    .option("--tls-key <file>", "mutual TLS: its private key")
    .option("--tls-ca <file>", "mutual TLS: who signs the clients' certificates")
    .option("--insecure", "listen beyond loopback without token or TLS")
    .option("--single-host", "in Kubernetes: there is one replica, so the embedded store is enough")
    .option("--sequence-start <start>", "zero | random: random makes id % n even at low rates (default: zero)")
    .option("--unsafe-memory", "allow --store memory, which other processes do not see")
    .option("--max-wait <duration>", "how long a request may wait for its IDs before it is refused with 503", "1s")
    .option("--max-concurrent <n>", "requests for IDs in work at a time", "1000")
    .option("--drain <duration>", "how long requests in work may take after SIGTERM", "5s");
  addCommonOptions(command, "store")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  $ shardflake serve",
        "  $ shardflake serve --host 0.0.0.0 --token-file /run/secrets/token --store etcd:http://etcd:2379",
        "  $ curl '127.0.0.1:8080/v1/ids?count=3'",
      ].join("\n"),
    )
    .action(async (options: ServeOptions) => {
      const { serve } = await import("../actions/serve.js");
      await serve(options, context);
    });
}
