import { createCipheriv, createHash } from "node:crypto";
import type { Life } from "../life.js";

const BLOCK = 4096;

/**
 * What a process has for randomness: AES-128 in counter mode (NIST SP 800-38A, section 6.5) over a key made of the seed
 * and of which process it is. Returns what fills bytes with the next part of the stream.
 */
export function createKeystream(seed: number, { shard, copy, generation, fromMs }: Life): (bytes: Uint8Array) => void {
  const key = createHash("sha256").update(`${seed} ${shard} ${copy} ${generation} ${fromMs}`).digest().subarray(0, 16);
  const cipher = createCipheriv("aes-128-ctr", key, Buffer.alloc(16));
  const zeros = Buffer.alloc(BLOCK);
  let block = Buffer.alloc(0);
  let used = 0;
  return (bytes) => {
    for (let at = 0; at < bytes.length; ) {
      if (used === block.length) {
        block = cipher.update(zeros);
        used = 0;
      }
      const size = Math.min(bytes.length - at, block.length - used);
      bytes.set(block.subarray(used, used + size), at);
      at += size;
      used += size;
    }
  };
}
