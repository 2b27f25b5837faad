import { readFile } from "node:fs/promises";
import { createSecureContext } from "node:tls";
import { type Access, isLoopback, type ServerOptions } from "@shardflake/server";
import type { ServeOptions } from "../../commands/serve.js";
import { InputError, valueError } from "../../input-error.js";
import { parseDurationMs } from "../../values/duration.js";
import { parseInteger } from "../../values/integer.js";
import { parseMachineIds } from "../../values/machine-ids.js";
import { parseSequenceStart } from "../../values/sequence-start.js";
import { checkMemoryIsMeant, parseStoreSettings } from "../../values/store.js";

/** A shorter token could be guessed. */
const LEAST_TOKEN_CHARS = 16;

/** `shardflake serve`, parsed and checked. @throws InputError, LayoutError, ShardflakeError `STORE_INVALID` */
export async function parseServeRequest(
  options: ServeOptions,
  signal: AbortSignal,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ServerOptions> {
  const settings = parseStoreSettings(options, environment);
  const { layout, store, storeText, namespace, windowMs, waitMs } = settings;
  checkMemoryIsMeant(settings, options.unsafeMemory);
  checkReplicas(storeText, options, environment);
  const access = await parseAccess(options);
  if (access.kind === "open" && !isLoopback(options.host) && options.insecure !== true) {
    throw new InputError(
      "USAGE",
      `Expected --token-file, --tls-cert with --tls-key and --tls-ca, or --insecure beside --host ${options.host}, got ` +
        "none: whoever reaches it could ask for IDs.",
    );
  }
  const { datacenter, machines, sequenceStart } = options;
  return {
    host: options.host,
    port: parseInteger(options.port, "--port", 0, 65_535),
    access,
    pool: {
      layout,
      store,
      namespace,
      windowMs,
      lanes: parseInteger(options.lanes, "--lanes", 1, layout.machines),
      signal,
      ...(datacenter === undefined
        ? {}
        : { datacenterId: parseInteger(datacenter, "--datacenter", 0, layout.datacenters - 1) }),
      ...(sequenceStart === undefined ? {} : { sequenceStart: parseSequenceStart(sequenceStart, "--sequence-start") }),
      ...(machines === undefined ? {} : { machineIds: parseMachineIds(machines, layout, "--machines") }),
    },
    acquireMs: waitMs,
    maxWaitMs: parseDurationMs(options.maxWait, "--max-wait"),
    maxConcurrent: parseInteger(options.maxConcurrent, "--max-concurrent", 1, 1_000_000),
    drainMs: parseDrainMs(options.drain),
    log: options.quiet === true ? "warn" : "info",
  };
}

/** A timer cannot wait for 25 days; it would be over at once. */
const LONGEST_DRAIN_MS = 24 * 86_400_000;

function parseDrainMs(text: string): number {
  const drainMs = parseDurationMs(text, "--drain");
  if (drainMs <= LONGEST_DRAIN_MS) return drainMs;
  throw valueError("--drain", "a duration of at most 24d", text);
}

/** Replicas with an embedded store each would all lease the same machine IDs. */
function checkReplicas(storeText: string, { singleHost }: ServeOptions, environment: NodeJS.ProcessEnv): void {
  if (!storeText.startsWith("embedded") || !environment.KUBERNETES_SERVICE_HOST || singleHost === true) return;
  throw new InputError(
    "USAGE",
    "Expected a store that all replicas share (--store etcd:… or postgres://…), or --single-host, got the embedded " +
      "store in Kubernetes: every replica would lease the same machine IDs.",
  );
}

async function parseAccess(options: ServeOptions): Promise<Access> {
  const { tokenFile, tlsCert, tlsKey, tlsCa } = options;
  const tls = [tlsCert, tlsKey, tlsCa];
  if (tls.some((path) => path !== undefined)) {
    if (tls.includes(undefined) || tokenFile !== undefined) {
      throw new InputError(
        "USAGE",
        "Expected --tls-cert, --tls-key and --tls-ca together and no --token-file beside them, got some of them.",
      );
    }
    const [cert, key, ca] = await Promise.all(tls.map((path) => read(path!)));
    checkTls({ cert: cert!, key: key!, ca: ca! });
    return { kind: "mutual-tls", cert: cert!, key: key!, ca: ca! };
  }
  if (tokenFile === undefined) return { kind: "open" };
  const token = (await read(tokenFile)).toString("utf8").trim();
  if (token.length >= LEAST_TOKEN_CHARS && /^[\x21-\x7e]+$/.test(token)) return { kind: "token", token };
  // The token itself is not repeated.
  throw valueError(
    "--token-file",
    `a file with one token of at least ${LEAST_TOKEN_CHARS} visible ASCII characters`,
    `a file with ${token.length} characters`,
  );
}

/** What OpenSSL does not read is told here, where it is known whose files they are. */
function checkTls(files: { readonly cert: Buffer; readonly key: Buffer; readonly ca: Buffer }): void {
  try {
    createSecureContext(files);
  } catch (cause) {
    throw new InputError(
      "OPTION_INVALID",
      "Expected --tls-cert, --tls-key and --tls-ca to be PEM files, the key that of the certificate, got: " +
        `${(cause as Error).message}.`,
      { cause },
    );
  }
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new InputError("INPUT_UNREADABLE", `Expected to read ${path}, got: ${(cause as Error).message}.`, { cause });
  }
}
