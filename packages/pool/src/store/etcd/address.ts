import { readFileSync } from "node:fs";
import { ShardflakeError } from "@shardflake/core";

/** Where a cluster is and how to be let in, as it crosses threads: nothing is read from files yet. */
export interface EtcdAddress {
  /** Base addresses of the members, without user and password. */
  readonly endpoints: readonly string[];
  readonly user: EtcdUser | null;
  readonly tls: TlsFiles;
}

export interface EtcdUser {
  readonly name: string;
  readonly password: string;
}

/** Paths of PEM files; null where the system's certificates, or none of one's own, are used. */
export interface TlsFiles {
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: string | null;
}

/** {@link TlsFiles}, read. */
export interface TlsContent {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

const PREFIX = "etcd:";
const FILES = ["ca", "cert", "key"] as const satisfies readonly (keyof TlsFiles)[];

/**
 * Reads `etcd:URL[,URL…]`. User and password, and the files of TLS (`?ca=FILE&cert=FILE&key=FILE`), may stand in any of
 * the URLs and count for all of them.
 *
 * @throws ShardflakeError `STORE_INVALID`; addresses are not repeated: they may contain passwords
 */
export function parseEtcdAddress(text: string): EtcdAddress {
  const urls = text.slice(PREFIX.length).split(",").map(parseUrl);
  const owner = urls.find(({ username }) => username !== "");
  const files = Object.fromEntries(
    FILES.map((file) => [file, urls.map(({ searchParams }) => searchParams.get(file)).find((path) => path) ?? null]),
  ) as unknown as TlsFiles;
  if ((files.cert === null) !== (files.key === null)) throw invalid("`cert` and `key` together", "one of them");
  return {
    endpoints: urls.map(({ origin, pathname }) => `${origin}${pathname.replace(/\/+$/, "")}`),
    user: owner === undefined ? null : { name: decode(owner.username), password: decode(owner.password) },
    tls: files,
  };
}

/** How the cluster is named in messages. */
export function etcdName({ endpoints }: EtcdAddress): string {
  return `${PREFIX}${endpoints.join(",")}`;
}

/** @throws ShardflakeError `STORE_INVALID` for a file that cannot be read */
export function readTlsFiles(files: TlsFiles): TlsContent {
  const content: { -readonly [File in keyof TlsContent]: string } = {};
  for (const file of FILES) {
    const path = files[file];
    if (path === null) continue;
    try {
      content[file] = readFileSync(path, "utf8");
    } catch (cause) {
      throw invalid(`\`${file}\` to name a file that can be read`, (cause as Error).message, cause);
    }
  }
  return content;
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hash !== "") {
    throw invalid("a list of http:// or https:// addresses", `one of ${text.length} characters that is none`);
  }
  for (const name of url.searchParams.keys()) {
    if (!(FILES as readonly string[]).includes(name)) throw invalid(`only ${FILES.join(", ")} after ?`, "another name");
  }
  return url;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw invalid("user and password to be percent-encoded", "a % that encodes nothing", cause);
  }
}

function invalid(expected: string, got: string, cause?: unknown): ShardflakeError {
  return new ShardflakeError(
    "STORE_INVALID",
    `Expected an address like etcd:https://host1:2379,https://host2:2379 with ${expected}, got ${got}.`,
    { cause },
  );
}
