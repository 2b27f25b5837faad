import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeByArrival } from "../../src/merge/arrival.js";
import { type Merge, type Merged, mergeByTime } from "../../src/merge/merge.js";
import type { Chunk } from "../../src/shard/messages.js";
import { type Arrivals, anyArrivals, type Event, inOrder, recordsOf } from "./sources.js";

const RUNS = { numRuns: 500 };

/** Plays the arrivals and takes what is left at the end; `watch` sees every take and what has happened before. */
function play(
  merge: Merge,
  { sources, events }: Arrivals,
  watch: (merged: Merged, past: readonly Event[], merge: Merge) => void,
): void {
  for (let i = 0; i < sources; i++) expect(merge.addSource()).toBe(i);
  events.forEach((event, i) => {
    if (event.kind === "add") merge.add(event.source, event.chunk);
    else if (event.kind === "end") merge.end(event.source);
    else watch(merge.take(event.mostBytes), events.slice(0, i), merge);
  });
  for (;;) {
    const merged = merge.take(100);
    watch(merged, events, merge);
    if (merged.count === 0) return;
  }
}

const bytesOf = (slices: readonly Uint8Array[]): Buffer => Buffer.concat(slices);
const added = (events: readonly Event[]) => events.filter((event) => event.kind === "add");

describe("mergeByTime", () => {
  it("gives the records of all sources in the order of a plain sort, whatever arrives when", () => {
    fc.assert(
      fc.property(anyArrivals, (arrivals) => {
        const expected = bytesOf(inOrder(arrivals.runs).map(recordsOf));
        const taken: Uint8Array[] = [];
        play(mergeByTime(), arrivals, ({ slices }) => taken.push(bytesOf(slices)));
        expect(Buffer.compare(bytesOf(taken), expected)).toBe(0);
      }),
      RUNS,
    );
  });

  it("counts the IDs and bytes that it hands out", () => {
    fc.assert(
      fc.property(anyArrivals, (arrivals) => {
        let count = 0;
        play(mergeByTime(), arrivals, (merged) => {
          expect(merged.bytes).toBe(bytesOf(merged.slices).length);
          expect(merged.count === 0).toBe(merged.bytes === 0);
          count += merged.count;
        });
        expect(count).toBe(arrivals.runs.reduce((sum, run) => sum + run.count, 0));
      }),
      RUNS,
    );
  });

  it("stops at the run with which mostBytes is reached", () => {
    fc.assert(
      fc.property(anyArrivals, fc.integer({ min: 1, max: 60 }), ({ events, runs, sources }, mostBytes) => {
        const merge = mergeByTime();
        for (let i = 0; i < sources; i++) merge.addSource();
        for (const event of events) if (event.kind === "add") merge.add(event.source, event.chunk);
        for (let i = 0; i < sources; i++) merge.end(i);
        const longest = Math.max(0, ...runs.map(({ bytes }) => bytes));
        expect(merge.take(mostBytes).bytes).toBeLessThan(mostBytes + longest);
      }),
      RUNS,
    );
  });

  it("reports every chunk with records as spent once, and never refers to it again", () => {
    fc.assert(
      fc.property(anyArrivals, (arrivals) => {
        const spent = new Set<ArrayBufferLike>();
        const reported: Chunk[] = [];
        play(mergeByTime(), arrivals, ({ slices, spent: now }) => {
          for (const { buffer } of slices) expect(spent.has(buffer)).toBe(false);
          for (const { source, chunk } of now) {
            expect(added(arrivals.events)).toContainEqual({ kind: "add", source, chunk });
            spent.add(chunk.buffer);
            reported.push(chunk);
          }
        });
        const withRecords = added(arrivals.events).filter(({ chunk }) => chunk.count > 0);
        expect(reported.length).toBe(withRecords.length);
        expect(spent.size).toBe(withRecords.length);
      }),
      { numRuns: 200 },
    );
  });

  it("never waits while every source has something here or has ended", () => {
    fc.assert(
      fc.property(anyArrivals, (arrivals) => {
        let out = 0;
        play(mergeByTime(), arrivals, ({ count }, past, merge) => {
          out += count;
          const here = added(past).reduce((sum, { chunk }) => sum + chunk.count, 0);
          if (count === 0 && here > out) expect(merge.blocking().length).toBeGreaterThan(0);
        });
      }),
      RUNS,
    );
  });

  it("names as blocking the sources with nothing here that have finished the least", () => {
    fc.assert(
      fc.property(anyArrivals, (arrivals) => {
        const pending = Array.from({ length: arrivals.sources }, () => 0);
        const returned = new Set<Chunk>();
        play(mergeByTime(), arrivals, ({ spent }, past, merge) => {
          for (const { chunk } of spent) returned.add(chunk);
          const finished = pending.map((_, source) => {
            const chunks = added(past).filter((event) => event.source === source);
            const ended = past.some((event) => event.kind === "end" && event.source === source);
            const here = chunks.some(({ chunk }) => chunk.count > 0 && !returned.has(chunk));
            return ended || here ? Infinity : Math.max(-1, ...chunks.map(({ chunk }) => chunk.finishedTick));
          });
          const least = Math.min(...finished);
          const expected = finished.flatMap((tick, source) => (tick === least && least < Infinity ? [source] : []));
          expect(merge.blocking()).toEqual(expected);
        });
      }),
      RUNS,
    );
  });

  it("goes on as soon as the blocking sources have ended", () => {
    fc.assert(
      fc.property(anyArrivals, ({ events, sources, runs }) => {
        const merge = mergeByTime();
        for (let i = 0; i < sources; i++) merge.addSource();
        for (const event of events) if (event.kind === "add") merge.add(event.source, event.chunk);
        let count = merge.take(Infinity).count;
        for (let blocking = merge.blocking(); blocking.length > 0; blocking = merge.blocking()) {
          for (const source of blocking) merge.end(source);
          count += merge.take(Infinity).count;
        }
        expect(count).toBe(runs.reduce((sum, run) => sum + run.count, 0));
      }),
      RUNS,
    );
  });

  it("hands a tick out as soon as everybody has finished it, and not before", () => {
    const merge = mergeByTime();
    const [fast, slow] = [merge.addSource(), merge.addSource()];
    const silent = (finishedTick: number): Chunk => ({
      kind: "chunk",
      buffer: new ArrayBuffer(8),
      bytes: 0,
      count: 0,
      runs: new Float64Array(),
      finishedTick,
      last: false,
    });
    const runs = Float64Array.of(5, 0, 0, 1, 8);
    merge.add(fast, { ...silent(5), bytes: 8, count: 1, runs });
    merge.add(slow, silent(4));
    expect(merge.take(99).count).toBe(0);
    merge.add(slow, silent(5));
    expect(merge.take(99).count).toBe(1);
  });

  it("takes a source that comes later, above what is out already", () => {
    const merge = mergeByTime();
    const [first, heir] = [merge.addSource(), merge.addSource()];
    const chunk = (tick: number): Chunk => ({
      kind: "chunk",
      buffer: Uint8Array.of(tick).buffer,
      bytes: 1,
      count: 1,
      runs: Float64Array.of(tick, 0, 0, 1, 1),
      finishedTick: tick,
      last: false,
    });
    merge.add(first, chunk(5));
    expect(merge.blocking()).toEqual([heir]);
    expect(merge.take(9).count).toBe(0);
    merge.end(heir);
    expect([...bytesOf(merge.take(9).slices)]).toEqual([5]);
    const late = merge.addSource();
    merge.add(first, chunk(8));
    expect(merge.take(9).count).toBe(0);
    merge.add(late, chunk(7));
    expect([...bytesOf(merge.take(9).slices)]).toEqual([7]);
  });
});

describe("mergeByArrival", () => {
  it("gives every chunk's records as they arrived, loses none and waits for nobody", () => {
    fc.assert(
      fc.property(anyArrivals, (arrivals) => {
        const taken: Uint8Array[] = [];
        const spent: Chunk[] = [];
        let count = 0;
        play(mergeByArrival(), arrivals, (merged, _past, merge) => {
          taken.push(bytesOf(merged.slices));
          expect(merged.bytes).toBe(bytesOf(merged.slices).length);
          spent.push(...merged.spent.map(({ chunk }) => chunk));
          count += merged.count;
          expect(merge.blocking()).toEqual([]);
        });
        const chunks = added(arrivals.events)
          .map(({ chunk }) => chunk)
          .filter((chunk) => chunk.count > 0);
        expect(spent).toEqual(chunks);
        expect(count).toBe(chunks.reduce((sum, chunk) => sum + chunk.count, 0));
        const expected = bytesOf(chunks.map(({ buffer, bytes }) => new Uint8Array(buffer, 0, bytes)));
        expect(Buffer.compare(bytesOf(taken), expected)).toBe(0);
      }),
      RUNS,
    );
  });
});
