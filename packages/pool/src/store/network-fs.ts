import { statfsSync } from "node:fs";
import { ShardflakeError } from "@shardflake/core";

/** `f_type` of statfs(2) on Linux, from linux/magic.h. */
const NETWORK_TYPES: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB2"],
  [0x5346414f, "AFS"],
  [0x73757245, "Coda"],
  [0x564c, "NCP"],
  [0x00c36400, "Ceph"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
  [0x01161970, "GFS2"],
  [0x7461636f, "OCFS2"],
]);
const TYPE_9P = 0x01021997;

/**
 * LMDB's locks and its memory map hold on one kernel only: two hosts on one directory would not see one another.
 * FUSE cannot be told apart here and is let through; so is everything on platforms other than Linux.
 *
 * @throws ShardflakeError `STORE_NETWORK_FS`
 */
export function refuseNetworkFileSystem(directory: string): void {
  const name = networkFileSystem(typeOf(directory), typeOf("/"));
  if (name === undefined || process.platform !== "linux") return;
  throw new ShardflakeError(
    "STORE_NETWORK_FS",
    `Expected a state directory on a disk of this host, got ${directory} on ${name}, which other hosts may use at the ` +
      "same time. Give a local directory with `--store embedded:DIR`, or use a store for many hosts.",
  );
}

/**
 * The name of a network file system, by the type of the directory's and of the root's. Some sandboxes serve everything,
 * the root included, by 9P from the same host: there 9P means nothing.
 */
export function networkFileSystem(type: number, rootType: number): string | undefined {
  if (type === TYPE_9P) return rootType === TYPE_9P ? undefined : "9P";
  return NETWORK_TYPES.get(type);
}

function typeOf(path: string): number {
  return statfsSync(path).type;
}
