/** Issues what it draws, each time from another source. */
import crypto, { getRandomValues, randomBytes, randomFillSync, randomInt, randomUUID } from "node:crypto";

const ways = [
  () => String(Math.random()),
  () => randomBytes(8).toString("hex"),
  () => randomFillSync(Buffer.alloc(8)).toString("hex"),
  () => String(randomInt(1_000_000, 2_000_000)),
  () => randomUUID(),
  () => crypto.randomUUID(),
  () => globalThis.crypto.randomUUID(),
  () => Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(8))).toString("hex"),
  () => Buffer.from(getRandomValues(new Uint8Array(8))).toString("hex"),
  () => Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString("hex"),
  () => Buffer.from(crypto.webcrypto.getRandomValues(new Uint8Array(8))).toString("hex"),
  () =>
    new Promise((resolve, reject) =>
      randomBytes(8, (error, bytes) => (error ? reject(error) : resolve(bytes.toString("hex")))),
    ),
];

export const idKind = "text";

export default () => {
  let turn = 0;
  return { next: () => ways[turn++ % ways.length]() };
};
