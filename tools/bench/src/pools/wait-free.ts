import { createPool, embeddedStore, type Pool } from "@shardflake/pool";
import { Bench } from "../command.js";
import { type PoolFigures, type PoolShape, peakMegabytes, startMeter } from "./pool-figures.js";

const WARM_UP_TICKS = 100;
/** Where the IDs are copied to, again and again. */
const BUFFER_BYTES: number = 8 * 2 ** 20;

/** A pool that fills a buffer in this thread for so many ticks. */
export async function waitFree({ shards, lanes }: PoolShape, ticks: number): Promise<PoolFigures> {
  const bench = new Bench();
  const pool = await createPool({ shards, lanes, store: embeddedStore(bench.directory) });
  try {
    const { idsPerTick, epochMs } = pool.layout;
    const ceiling = shards * lanes * idsPerTick;
    const buffer = new BigUint64Array(BUFFER_BYTES / 8).fill(1n);
    const outOfOrder = await countOutOfOrder(pool, WARM_UP_TICKS * ceiling);
    const meter = startMeter();
    let at = 0;
    const delivered = await pool.write(
      (slices) => {
        for (const slice of slices) {
          const ids = new BigUint64Array(slice.buffer, slice.byteOffset, slice.byteLength / 8);
          if (at + ids.length > buffer.length) at = 0;
          buffer.set(ids, at);
          at += ids.length;
        }
      },
      { count: ticks * ceiling, format: "ids" },
    );
    const { seconds, cores } = meter();
    const { first, last } = delivered.ticks!;
    return {
      idsPerSecond: delivered.count / seconds,
      share: delivered.count / ((last - first + 1) * ceiling),
      lagMs: Date.now() - epochMs - last,
      cores,
      megabytes: peakMegabytes(),
      outOfOrder,
    };
  } finally {
    await pool.close();
    bench.close();
  }
}

/** Looks at every ID of a first batch, which warms up. */
async function countOutOfOrder(pool: Pool, count: number): Promise<number> {
  let [outOfOrder, last] = [0, 0n];
  for await (const ids of pool.stream({ count })) {
    for (const id of ids) {
      if (id <= last) outOfOrder++;
      last = id;
    }
  }
  return outOfOrder;
}
