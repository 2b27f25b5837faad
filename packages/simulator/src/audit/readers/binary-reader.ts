import { endianness } from "node:os";
import { ParseError } from "@shardflake/core";
import type { IdReader, IdSink } from "./id-reader.js";

const ID_BYTES = 8;

/** Reads IDs of 8 bytes each, little- or big-endian. */
export class BinaryReader implements IdReader {
  readonly #sink: IdSink;
  readonly #order: "LE" | "BE";
  /** The bytes of a record that the last chunk left unfinished. */
  readonly #rest = new Uint8Array(ID_BYTES);
  #restLength = 0;
  #offset = 0;
  #scratch: Uint8Array = new Uint8Array(0);

  constructor(order: "LE" | "BE", sink: IdSink) {
    this.#order = order;
    this.#sink = sink;
  }

  read(chunk: Uint8Array): void {
    const bytes = this.#restLength + chunk.length;
    const whole = bytes - (bytes % ID_BYTES);
    if (whole === 0) {
      this.#rest.set(chunk, this.#restLength);
      this.#restLength = bytes;
      return;
    }
    const used = whole - this.#restLength;
    this.#emit(this.#aligned(chunk, used), whole / ID_BYTES);
    this.#offset += whole;
    this.#rest.set(chunk.subarray(used));
    this.#restLength = bytes - whole;
  }

  end(): void {
    if (this.#restLength === 0) return;
    throw new ParseError(
      "PARSE_TRUNCATED",
      `Expected IDs of ${ID_BYTES} bytes each, got only ${this.#restLength} bytes at byte ${this.#offset}, the end of ` +
        "the stream. Check that the stream is complete and that its format is right.",
    );
  }

  /** The bytes as words: in place where they may be, otherwise copied, because words must be aligned. */
  #aligned(chunk: Uint8Array, used: number): Uint8Array {
    const isHostOrder = this.#order === endianness();
    if (this.#restLength === 0 && chunk.byteOffset % 4 === 0 && isHostOrder) return chunk.subarray(0, used);
    const length = this.#restLength + used;
    if (this.#scratch.length < length) this.#scratch = new Uint8Array(length);
    this.#scratch.set(this.#rest.subarray(0, this.#restLength));
    this.#scratch.set(chunk.subarray(0, used), this.#restLength);
    const words = this.#scratch.subarray(0, length);
    if (!isHostOrder) Buffer.from(words.buffer, words.byteOffset, length).swap64();
    return words;
  }

  #emit(bytes: Uint8Array, count: number): void {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, count * 2);
    // A big-endian host has the high half first.
    if (endianness() === "BE") {
      for (let at = 0; at < words.length; at += 2) {
        [words[at], words[at + 1]] = [words[at + 1] as number, words[at] as number];
      }
    }
    this.#sink(words, count);
  }
}
