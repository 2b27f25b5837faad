import { ShardflakeError } from "@shardflake/core";

/** Reserved, not used: pages of a growable buffer cost nothing before they are written. */
const MAX_BYTES = 64 * 1024 * 1024;
const FIRST_BYTES = 64 * 1024;
/** Int32 fields before the text: the lock, and the length of the text in bytes. */
const LOCK = 0;
const LENGTH = 1;
const HEADER_BYTES = 8;

const FREE = 0;
const HELD = 1;
/** The work under the lock takes a few milliseconds at most; a lock held longer belongs to a thread that was killed. */
const LOCK_WAIT_MS = 5_000;

/** ES2024; the compiler's library is ES2023. */
type Growable = SharedArrayBuffer & { grow(bytes: number): void };
type GrowableConstructor = new (bytes: number, options: { readonly maxByteLength: number }) => SharedArrayBuffer;

/** One text in shared memory, read and replaced under a lock by any thread of the process. */
export class SharedText {
  private readonly memory: SharedArrayBuffer;
  private readonly header: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.header = new Int32Array(memory, 0, HEADER_BYTES / Int32Array.BYTES_PER_ELEMENT);
  }

  /** Memory for an empty text. */
  static allocate(): SharedArrayBuffer {
    return new (SharedArrayBuffer as unknown as GrowableConstructor)(FIRST_BYTES, { maxByteLength: MAX_BYTES });
  }

  read(): string {
    return this.locked(() => this.load());
  }

  /** Replaces the text by what `change` makes of it; `undefined` leaves it as it is. */
  update(change: (text: string) => string | undefined): void {
    this.locked(() => {
      const text = change(this.load());
      if (text !== undefined) this.save(text);
    });
  }

  private load(): string {
    // A TextDecoder takes no shared memory: slice copies.
    return new TextDecoder().decode(new Uint8Array(this.memory, HEADER_BYTES, this.header[LENGTH]!).slice());
  }

  private save(text: string): void {
    const bytes = new TextEncoder().encode(text);
    const needed = HEADER_BYTES + bytes.length;
    if (needed > MAX_BYTES) {
      throw new ShardflakeError(
        "STORE_FULL",
        `Expected at most ${MAX_BYTES} bytes in a memory store, got ${needed}. Use the embedded store.`,
      );
    }
    if (needed > this.memory.byteLength) {
      (this.memory as Growable).grow(Math.min(MAX_BYTES, Math.max(needed, this.memory.byteLength * 2)));
    }
    new Uint8Array(this.memory, HEADER_BYTES, bytes.length).set(bytes);
    this.header[LENGTH] = bytes.length;
  }

  private locked<T>(work: () => T): T {
    const until = performance.now() + LOCK_WAIT_MS;
    while (Atomics.compareExchange(this.header, LOCK, FREE, HELD) !== FREE) {
      const leftMs = until - performance.now();
      if (leftMs <= 0) {
        throw new ShardflakeError(
          "STORE_UNAVAILABLE",
          `Expected the memory store to be free within ${LOCK_WAIT_MS} ms, got none: the thread that used it was killed.`,
        );
      }
      Atomics.wait(this.header, LOCK, HELD, leftMs);
    }
    try {
      return work();
    } finally {
      Atomics.store(this.header, LOCK, FREE);
      Atomics.notify(this.header, LOCK, 1);
    }
  }
}
