import type { PoolOptions } from "@shardflake/pool";

/** Who may ask. */
export type Access =
  /** Anybody who reaches the address: for loopback, or a network that is trusted. */
  | { readonly kind: "open" }
  /** Whoever sends `Authorization: Bearer` with this token. */
  | { readonly kind: "token"; readonly token: string }
  /** Whoever has a certificate that the authority signed. */
  | { readonly kind: "mutual-tls"; readonly cert: Buffer; readonly key: Buffer; readonly ca: Buffer };

/** What {@link startServer} takes. */
export interface ServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly access: Access;
  /** The pool behind the service; it needs no shards. Its lanes are the machine IDs the service issues with. */
  readonly pool: Omit<PoolOptions, "shards" | "waitMs">;
  /** How long to wait for machine IDs at the start, in milliseconds. */
  readonly acquireMs: number;
  /** How long a request may wait for its IDs before it is refused, in milliseconds. */
  readonly maxWaitMs: number;
  /** Requests that may be in work at a time. */
  readonly maxConcurrent: number;
  /** How long requests in work may take when the service ends, in milliseconds. */
  readonly drainMs: number;
  readonly log: "info" | "warn" | "silent";
}

/** Most IDs of one answer. */
export const MOST_IDS = 100_000;

/** Whether an address is this host's alone. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
