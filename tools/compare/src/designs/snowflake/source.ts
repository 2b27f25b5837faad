import type { Layout } from "@shardflake/core";
import { createPool, embeddedStore, encoderFor } from "@shardflake/pool";
import type { RoleContext } from "../../process/role.js";
import type { Client, Source } from "../../source/source.js";
import { offsetClock } from "./clock.js";
import { countingStore } from "./counting-store.js";

/** What {@link openSnowflakeSource} takes. */
export interface SnowflakeOptions {
  /** Where the processes of one host lease their machine IDs. */
  readonly stateDirectory: string;
  readonly layout: Layout;
}

/** This project's pool in the process that needs the IDs; `next()` and `take()` need no worker thread. */
export async function openSnowflakeSource(
  { stateDirectory, layout }: SnowflakeOptions,
  { clockOffset }: RoleContext,
): Promise<Source> {
  const calls = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const pool = await createPool({
    shards: 0,
    layout,
    store: countingStore(embeddedStore(stateDirectory), calls),
    clock: offsetClock(clockOffset),
  });
  const encoder = encoderFor("ids");
  // Machine IDs are leased with the first ID: it belongs to the start.
  await pool.next();
  await pool.take(1, encoder);
  return {
    connect: (seat): Client => ({
      server: seat,
      next: () => pool.next(),
      async take(count) {
        const bytes = await pool.take(count, encoder);
        return new BigUint64Array(bytes.buffer, bytes.byteOffset, count);
      },
    }),
    roundTrips: async () => Atomics.load(calls, 0),
    tell: () => {},
    close: () => pool.close(),
  };
}
