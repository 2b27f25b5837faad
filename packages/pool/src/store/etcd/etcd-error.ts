import { ShardflakeError } from "@shardflake/core";

/** What a member answered instead of a result. Codes are those of gRPC. */
export class EtcdRefusal extends Error {
  readonly grpcCode: number;

  constructor(grpcCode: number, message: string) {
    super(message);
    this.grpcCode = grpcCode;
  }
}

/** No member was asked, for certain: the connection could not be made. */
export class EtcdUnreached extends Error {}

const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;

/** Failures of making a connection, by Node's codes. */
const NEVER_SENT: readonly unknown[] = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"];

/**
 * Whatever a request ended with: whether it may have been done is all that matters.
 *
 * @param connection "none" while the connection was still being made: then nothing was sent
 */
export function transportError(error: unknown, connection: "none" | "made"): Error {
  const { cause, code } = error as { readonly cause?: unknown; readonly code?: unknown };
  const reason = cause instanceof Error ? cause : error;
  const message = (reason instanceof Error && reason.message) || String(code ?? reason);
  return connection === "none" || NEVER_SENT.includes(code) ? new EtcdUnreached(message) : new Error(message);
}

/** Whether the token of this client has run out, or the rights have changed since it was given; nothing was done. */
export function isStaleToken(error: unknown): boolean {
  return (
    error instanceof EtcdRefusal &&
    (error.grpcCode === UNAUTHENTICATED || /invalid auth token|revision of auth store is old/.test(error.message))
  );
}

/** Whether a transaction was refused, as a whole, because a lease it names has ended. */
export function isLeaseGone(error: unknown): boolean {
  return error instanceof EtcdRefusal && error.grpcCode === NOT_FOUND && /lease not found/.test(error.message);
}

/** Whether another member may do what this one could not. */
export function isWorthAnotherMember(error: unknown): boolean {
  return !(error instanceof EtcdRefusal) || storeCodeOf(error) === "STORE_UNAVAILABLE";
}

/** Whatever a call ended with, as an error with a code; messages of etcd contain no password. */
export function etcdError(error: unknown, name: string): ShardflakeError {
  if (error instanceof ShardflakeError) return error;
  const got = error instanceof Error ? error.message : String(error);
  const code = error instanceof EtcdRefusal ? storeCodeOf(error) : "STORE_UNAVAILABLE";
  return new ShardflakeError(code, `Expected ${name} to answer, got: ${got}. ${ADVICE[code]}`, { cause: error });
}

type StoreCode = "STORE_DENIED" | "STORE_FULL" | "STORE_LIMIT" | "STORE_UNAVAILABLE";

const ADVICE: Readonly<Record<StoreCode, string>> = {
  STORE_DENIED: "Check user, password and role: read and write below shardflake/.",
  STORE_FULL: "Nothing was written. Compact and defragment it, raise its quota, then disarm the alarm.",
  STORE_LIMIT:
    "Nothing was written. Raise --max-txn-ops or --max-request-bytes, or hold fewer machine IDs in one process.",
  STORE_UNAVAILABLE: "Check that a majority of its members runs and can be reached.",
};

function storeCodeOf({ grpcCode, message }: EtcdRefusal): StoreCode {
  if (grpcCode === PERMISSION_DENIED || grpcCode === UNAUTHENTICATED) return "STORE_DENIED";
  if (grpcCode === INVALID_ARGUMENT && /authentication|user name is empty/.test(message)) return "STORE_DENIED";
  if (/database space exceeded/.test(message)) return "STORE_FULL";
  if (/too many operations|request is too large/.test(message)) return "STORE_LIMIT";
  return "STORE_UNAVAILABLE";
}
