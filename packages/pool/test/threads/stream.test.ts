import { describe, expect, it } from "vitest";
import { codeOf, distinct, isAscending, joined, openPool } from "./pools.js";

async function collect(stream: AsyncIterable<BigUint64Array>): Promise<BigUint64Array> {
  const chunks: BigUint64Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return joined(chunks);
}

describe("a stream", () => {
  it("is as long as was asked for, and ascends over all shards", async () => {
    const pool = await openPool();
    const ids = await collect(pool.stream({ count: 400_000 }));
    expect(ids).toHaveLength(400_000);
    expect(isAscending(ids)).toBe(true);
  });

  it("by arrival holds every ID once", async () => {
    const pool = await openPool();
    const ids = await collect(pool.stream({ count: 400_000, order: "arrival" }));
    expect(ids).toHaveLength(400_000);
    expect(distinct(ids)).toBe(400_000);
  });

  it("hands out chunks that stay as they are", async () => {
    const pool = await openPool();
    const chunks: { chunk: BigUint64Array; copy: BigUint64Array }[] = [];
    for await (const chunk of pool.stream({ count: 200_000 })) chunks.push({ chunk, copy: chunk.slice() });
    for (const { chunk, copy } of chunks) expect(chunk).toEqual(copy);
  });

  it("without an end goes on for as long as somebody reads, and the pool goes on after it", async () => {
    const pool = await openPool();
    const read: BigUint64Array[] = [];
    for await (const chunk of pool.stream()) {
      read.push(chunk);
      if (read.length === 5) break;
    }
    const after = await pool.generate(10_000);
    expect(isAscending(joined([...read, after]))).toBe(true);
    expect((await (await pool.control(0)).inspect()).openRequests).toBe(0);
  });

  it("that nobody began to read needs nothing", async () => {
    const pool = await openPool();
    pool.stream();
    expect(await pool.generate(10)).toHaveLength(10);
  });

  it.each([
    ["count", { count: -1 }, "COUNT_INVALID"],
    ["order", { order: "random" as never }, "OPTION_INVALID"],
  ])("with a wrong %s is refused", async (_, options, code) => {
    const pool = await openPool();
    expect(await codeOf(collect(pool.stream(options)))).toBe(code);
  });
});

describe("an abort signal", () => {
  const reason = new Error("enough");

  it("that was given before ends a batch and a stream before they begin", async () => {
    const pool = await openPool();
    const signal = AbortSignal.abort(reason);
    await expect(pool.generate(10, { signal })).rejects.toBe(reason);
    await expect(collect(pool.stream({ signal }))).rejects.toBe(reason);
    expect(pool.stats().shards.flatMap(({ lanes }) => lanes.map(({ issued }) => issued))).toEqual([0, 0]);
  });

  it("ends a batch in the middle; the threads live on", async () => {
    const pool = await openPool();
    const controller = new AbortController();
    const batch = pool.generate(5_000_000, { signal: controller.signal });
    await pool.next();
    controller.abort(reason);
    await expect(batch).rejects.toBe(reason);
    const generations = pool.leases.map(({ generation }) => generation);
    expect(await pool.generate(10_000)).toHaveLength(10_000);
    expect(pool.leases.map(({ generation }) => generation)).toEqual(generations);
  });

  it("ends a stream in the middle", async () => {
    const pool = await openPool();
    const controller = new AbortController();
    const read: BigUint64Array[] = [];
    const reading = (async () => {
      for await (const chunk of pool.stream({ signal: controller.signal })) {
        read.push(chunk);
        if (read.length === 3) controller.abort(reason);
      }
    })();
    await expect(reading).rejects.toBe(reason);
    expect(isAscending(joined(read))).toBe(true);
    expect(await pool.generate(10)).toHaveLength(10);
  });

  it("ends a delivery whose receiver is stuck", async () => {
    const pool = await openPool();
    const controller = new AbortController();
    const never = new Promise<void>(() => {});
    const written = pool.write(
      () => {
        controller.abort(reason);
        return never;
      },
      { format: "text", signal: controller.signal },
    );
    await expect(written).rejects.toBe(reason);
  });
});
