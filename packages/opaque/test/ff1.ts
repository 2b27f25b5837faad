import { createCipheriv } from "node:crypto";

/**
 * FF1 of NIST SP 800-38G, algorithm 7, for eight digits of radix 256, written again on Node's AES: what anybody would need to
 * read our texts in another language.
 */
export function encryptedBy(key: Uint8Array, tweak: Uint8Array, block: bigint): bigint {
  const [half, halfDigits] = [2n ** 32n, 4];
  const p = Buffer.from([1, 2, 1, 0, 1, 0, 10, halfDigits, 0, 0, 0, 8, 0, 0, 0, 0]);
  p.writeUInt32BE(tweak.length, 12);
  const padding = Buffer.alloc((((-tweak.length - halfDigits - 1) % 16) + 16) % 16);
  let [a, b] = [block / half, block % half];
  for (let round = 0; round < 10; round++) {
    const digits = Buffer.alloc(4);
    digits.writeUInt32BE(Number(b));
    const mac = createCipheriv(`aes-${key.length * 8}-cbc`, key, Buffer.alloc(16)).setAutoPadding(false);
    const r = mac.update(Buffer.concat([p, tweak, padding, Buffer.from([round]), digits])).subarray(-16);
    [a, b] = [b, (a + r.readBigUInt64BE(0)) % half];
  }
  return a * half + b;
}
