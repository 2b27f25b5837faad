import { parseBase32, parseBase62, parseDecimal } from "@shardflake/core";
import { FORMATS, type Format, headerOf, type Pool } from "@shardflake/pool";
import { describe, expect, it } from "vitest";
import { codeOf, isAscending, joined, openPool, sectionsOf } from "./pools.js";

/** How a reader who knows the format, and nothing of this package, gets the IDs out. */
const DECODERS: Record<Format, (records: Buffer) => bigint[]> = {
  text: (records) => linesOf(records).map(parseDecimal),
  csv: (records) => linesOf(records).map(parseDecimal),
  ndjson: (records) => linesOf(records).map((line) => parseDecimal(JSON.parse(line).id)),
  base32: (records) => linesOf(records).map(parseBase32),
  base62: (records) => linesOf(records).map(parseBase62),
  u64le: (records) => wordsOf(records).map((at) => records.readBigUInt64LE(at)),
  u64be: (records) => wordsOf(records).map((at) => records.readBigUInt64BE(at)),
  ids: (records) => Array.from(new BigUint64Array(Uint8Array.from(records).buffer)),
};

function linesOf(records: Buffer): string[] {
  const text = records.toString("ascii");
  expect(text.endsWith("\n")).toBe(true);
  return text.slice(0, -1).split("\n");
}

function wordsOf(records: Buffer): number[] {
  expect(records.length % 8).toBe(0);
  return Array.from({ length: records.length / 8 }, (_, i) => i * 8);
}

async function written(pool: Pool, options: Parameters<Pool["write"]>[1]) {
  const pieces: Buffer[] = [];
  let counted = 0;
  const delivered = await pool.write((slices, count) => {
    for (const slice of slices) pieces.push(Buffer.from(slice));
    counted += count;
  }, options);
  return { records: Buffer.concat(pieces), pieces, counted, delivered };
}

describe("write", () => {
  it("in every format decodes back to ascending IDs of this pool, and says what it delivered", async () => {
    const pool = await openPool();
    for (const format of FORMATS) {
      const { records, counted, delivered } = await written(pool, { count: 100_000, format });
      const ids = DECODERS[format](records);
      expect(ids, format).toHaveLength(100_000);
      expect(counted, format).toBe(100_000);
      expect(isAscending(ids), format).toBe(true);
      const ticks = { first: sectionsOf(ids[0]!).tick, last: sectionsOf(ids.at(-1)!).tick };
      expect(delivered, format).toEqual({ count: 100_000, ticks });
    }
  });

  it("hands over whole records at every call", async () => {
    const pool = await openPool();
    const { pieces } = await written(pool, { count: 200_000, format: "ndjson" });
    for (const piece of pieces) expect(piece.toString()).toMatch(/^(\{"id":"\d+"\}\n)+$/);
  });

  it("of nothing delivers nothing", async () => {
    const pool = await openPool();
    const { records, delivered } = await written(pool, { count: 0, format: "text" });
    expect(records).toHaveLength(0);
    expect(delivered).toEqual({ count: 0, ticks: null });
    expect(headerOf("csv")).toBe("id\n");
  });

  it("fails with what the receiver threw, and the pool lives on", async () => {
    const pool = await openPool();
    const full = new Error("disk full");
    const writing = pool.write(
      () => {
        throw full;
      },
      { format: "text" },
    );
    await expect(writing).rejects.toBe(full);
    expect(await pool.generate(10)).toHaveLength(10);
  });

  it("in a format that does not exist is refused", async () => {
    const pool = await openPool();
    expect(await codeOf(pool.write(() => {}, { format: "xml" as never }))).toBe("OPTION_INVALID");
  });
});

describe("a receiver that takes its time", () => {
  it("stops the shards once their buffers are full, and misses nothing of what comes then", async () => {
    const pool = await openPool();
    const issued = () => pool.stats().shards.flatMap(({ lanes }) => lanes.map((lane) => lane.issued));
    const taken: BigUint64Array[] = [];
    let whileHeld: number[][] = [];
    await pool.write(
      async (slices) => {
        for (const slice of slices) taken.push(new BigUint64Array(Uint8Array.from(slice).buffer));
        if (whileHeld.length > 0) return;
        // Until the shards stand still, and then through as many answers of theirs as they could have issued in.
        do whileHeld = [...whileHeld.slice(-1), issued()];
        while (!(await areStill(pool, whileHeld, issued)));
        whileHeld.push(issued());
      },
      { count: 2_000_000, format: "ids" },
    );
    const ids = joined(taken);
    expect(ids).toHaveLength(2_000_000);
    expect(isAscending(ids)).toBe(true);
    const held = whileHeld.at(-1)!.reduce((sum, count) => sum + count, 0);
    // Two buffers a shard, and what it had reserved beyond them: a fraction of the two million that were wanted.
    expect(held).toBeLessThan(1_500_000);
  });
});

/** Whether no shard has issued anything over several answers of its thread. */
async function areStill(pool: Pool, seen: readonly number[][], issued: () => number[]): Promise<boolean> {
  for (let round = 0; round < 20; round++) {
    for (let shard = 0; shard < pool.shards; shard++) await (await pool.control(shard)).inspect();
  }
  return issued().join() === seen.at(-1)!.join();
}
