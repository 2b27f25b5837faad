import crypto from "node:crypto";
import { replaceProperties } from "./replace-properties.js";
import type { Stage } from "./stage.js";

type Bytes = Uint8Array | DataView;

/**
 * Puts the stage's bytes in place of every source of randomness that a generator commonly uses, so that a run can be
 * repeated. They are as good as random: only the seed makes them.
 */
export function replaceRandomness(stage: Stage): void {
  const fill = <T extends ArrayBufferView>(view: T, offset = 0, size = view.byteLength - offset): T => {
    stage.randomBytes(new Uint8Array(view.buffer, view.byteOffset + offset, size));
    return view;
  };
  const bytes = (size: number): Buffer => fill(Buffer.alloc(size));
  const fraction = (): number => {
    const drawn = bytes(8);
    return (drawn.readUInt32LE(0) * 2 ** 21 + (drawn.readUInt32LE(4) >>> 11)) / 2 ** 53;
  };
  const uuid = (): string => {
    const drawn = bytes(16);
    // Version 4, variant 10: RFC 9562, section 5.4.
    drawn[6] = (drawn[6]! & 0x0f) | 0x40;
    drawn[8] = (drawn[8]! & 0x3f) | 0x80;
    return drawn.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  const soon = <T>(callback: (error: null, value: T) => void, value: T): void =>
    queueMicrotask(() => callback(null, value));

  const randomBytes = (size: number, callback?: (error: null, value: Buffer) => void): Buffer | undefined =>
    callback === undefined ? bytes(size) : void soon(callback, bytes(size));
  const randomInt = (...given: unknown[]): number | undefined => {
    const callback =
      typeof given.at(-1) === "function" ? (given.pop() as (error: null, value: number) => void) : undefined;
    const [least, end] = given.length > 1 ? (given as [number, number]) : [0, given[0] as number];
    const drawn = least + Math.floor(fraction() * (end - least));
    return callback === undefined ? drawn : void soon(callback, drawn);
  };
  const randomFill = (view: Bytes, ...rest: unknown[]): void => {
    const callback = rest.pop() as (error: null, value: Bytes) => void;
    soon(callback, fill(view, ...(rest as number[])));
  };

  replaceProperties(crypto, {
    randomBytes,
    pseudoRandomBytes: randomBytes,
    randomFillSync: fill,
    randomFill,
    randomInt,
    randomUUID: uuid,
  });
  // `crypto.getRandomValues` and `globalThis.crypto` lead here.
  replaceProperties(Object.getPrototypeOf(crypto.webcrypto), { getRandomValues: fill, randomUUID: uuid });
  replaceProperties(Math, { random: fraction });
}
