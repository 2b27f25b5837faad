import { randomUUID } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";

/**
 * A text that nobody else draws, as far as can be not even a copy of this process. A clone of a virtual machine has the
 * state of every random generator in the memory of its processes, Node's cache of random bytes and OpenSSL's among them
 * (Firecracker, docs/snapshotting/random-for-clones.md). The kernel's is reseeded where the hypervisor tells it of the
 * clone; and nanoseconds of the monotonic clock differ as soon as the copies do not run in step.
 *
 * What remains: copies on a kernel that hears nothing of the clone, within the same nanosecond.
 */
export function freshMark(): string {
  const uuid = randomUUID({ disableEntropyCache: true });
  return `${uuid}.${kernelRandom()}.${process.hrtime.bigint().toString(36)}`;
}

/** 64 random bits as the kernel gives them at this moment; nothing on a platform without this file. */
function kernelRandom(): string {
  const bytes = Buffer.alloc(8);
  try {
    const file = openSync("/dev/urandom", "r");
    try {
      readSync(file, bytes);
    } finally {
      closeSync(file);
    }
  } catch {
    return "";
  }
  return bytes.toString("base64url");
}
