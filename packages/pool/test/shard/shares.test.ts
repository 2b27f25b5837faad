import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dealtShares, Shares } from "../../src/shard/shares.js";

describe("the shares of a request", () => {
  it("give out what was dealt, no more and no less, however shards take, take over and put back", () => {
    const dealt = fc.array(fc.nat(500), { minLength: 1, maxLength: 6 });
    const moves = fc.array(
      fc.record({ place: fc.nat(5), most: fc.integer({ min: 1, max: 300 }), issued: fc.nat(300) }),
    );
    fc.assert(
      fc.property(dealt, moves, (counts, steps) => {
        const memory = dealtShares(counts);
        const shards = counts.map((_, place) => new Shares(memory, place, 50));
        let issued = 0;
        for (const { place, most, issued: could } of steps) {
          const shares = shards[place % shards.length]!;
          const taken = shares.take(most) || shares.takeOver(0);
          expect(taken).toBeLessThanOrEqual(Math.max(most, 50));
          shares.settle(0, taken - Math.min(taken, could));
          issued += Math.min(taken, could);
        }
        const left = shards.reduce((sum, { own }) => sum + own, 0);
        expect(issued + left).toBe(counts.reduce((sum, count) => sum + count, 0));
        for (const shares of shards) expect(shares.isDone(0)).toBe(left === 0);
      }),
    );
  });

  it("are taken off whoever would end last, until all would end together", () => {
    const memory = dealtShares([0, 50, 90, 70]);
    const [done, ...busy] = [0, 1, 2, 3].map((place) => new Shares(memory, place, 10)) as [Shares, ...Shares[]];
    for (const shares of busy) shares.settle(100, 0);
    let tick = 100;
    for (; !done.isDone(tick); tick++) expect(done.takeOver(tick)).toBe(10);
    // 21 ticks' IDs for four shards from tick 101 on.
    expect(tick).toBe(105);
    expect(busy.map(({ own }) => own)).toEqual([50, 50, 60]);
  });

  it("are taken off a shard that has not begun", () => {
    const shares = new Shares(dealtShares([0, 5]), 0, 10);
    expect(shares.isDone(1e9)).toBe(false);
    expect(shares.takeOver(1e9)).toBe(5);
    expect(shares.isDone(1e9)).toBe(true);
  });

  it("start in the tick in which the last shard could", () => {
    const memory = dealtShares([1, 1, 1]);
    [7, 9, 8].forEach((tick, place) => {
      new Shares(memory, place, 10).arrive(tick);
    });
    expect(new Shares(memory, 0, 10).startTick).toBe(9);
  });

  it("never end when the request has no end", () => {
    const shares = new Shares(dealtShares([Number.POSITIVE_INFINITY]), 0, 10);
    for (let i = 0; i < 100; i++) expect(shares.take(Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER);
    expect(shares.isDone(1e9)).toBe(false);
  });

  it("lose nothing between threads that take over from one another", async () => {
    const memory = dealtShares([100_000, 0, 50_000]);
    const source = `
      const { workerData, parentPort } = require("node:worker_threads");
      import(workerData.module).then(({ Shares }) => {
        const shares = new Shares(workerData.memory, workerData.place, 3);
        let issued = 0;
        while (!shares.isDone(0)) {
          const taken = shares.take(7) || shares.takeOver(0);
          const could = Math.min(taken, issued % 8);
          shares.settle(0, taken - could);
          issued += could > 0 ? could : 0;
          if (could === 0 && taken > 0) issued += shares.take(1) || shares.takeOver(0);
        }
        parentPort.postMessage(issued);
      });`;
    const module = new URL("../../dist/shard/shares.js", import.meta.url).href;
    const counts = await Promise.all(
      [0, 1, 2].map(
        (place) =>
          new Promise<number>((resolve, reject) => {
            const worker = new Worker(source, { eval: true, workerData: { module, memory, place } });
            worker.on("message", resolve).on("error", reject);
          }),
      ),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(150_000);
  });
});
