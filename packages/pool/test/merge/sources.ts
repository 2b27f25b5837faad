import fc from "fast-check";
import type { Chunk } from "../../src/shard/messages.js";

/** A run with its records; every byte says which run it belongs to. */
export interface TestRun {
  readonly tick: number;
  readonly machineKey: number;
  readonly sequence: number;
  readonly count: number;
  readonly bytes: number;
}

/** What happens to a merge, in this order. */
export type Event =
  | { readonly kind: "add"; readonly source: number; readonly chunk: Chunk }
  | { readonly kind: "end"; readonly source: number }
  | { readonly kind: "take"; readonly mostBytes: number };

export interface Arrivals {
  readonly sources: number;
  readonly runs: readonly TestRun[];
  readonly events: readonly Event[];
}

/** The records of a run: its own number again and again, so that a byte in the wrong place shows. */
export function recordsOf({ tick, machineKey, sequence, bytes }: TestRun): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, i) => tick * 31 + machineKey * 7 + sequence * 3 + i);
}

export function inOrder(runs: readonly TestRun[]): TestRun[] {
  return [...runs].sort((a, b) => a.tick - b.tick || a.machineKey - b.machineKey || a.sequence - b.sequence);
}

function chunkOf(runs: readonly TestRun[], finishedTick: number): Chunk {
  const bytes = runs.reduce((sum, run) => sum + run.bytes, 0);
  const buffer = new ArrayBuffer(bytes + 5);
  let at = 0;
  for (const run of runs) {
    new Uint8Array(buffer).set(recordsOf(run), at);
    at += run.bytes;
  }
  const fields = runs.flatMap(({ tick, machineKey, sequence, count, bytes }) => [
    tick,
    machineKey,
    sequence,
    count,
    bytes,
  ]);
  const count = runs.reduce((sum, run) => sum + run.count, 0);
  return { kind: "chunk", buffer, bytes, count, runs: Float64Array.from(fields), finishedTick, last: false };
}

/** One shard: its runs in the order in which it issues them, cut into chunks that honour finishedTick. */
function sourceOf(number: number, sources: number): fc.Arbitrary<{ runs: TestRun[]; chunks: Chunk[] }> {
  const step = fc.record({
    tick: fc.nat(3),
    lane: fc.nat(2),
    count: fc.integer({ min: 1, max: 4 }),
    recordBytes: fc.integer({ min: 1, max: 9 }),
    /** How many runs the chunk that begins here holds; none is a chunk that only says what is finished. */
    chunkRuns: fc.nat(4),
    /** By how much the chunk says less than it could. */
    modesty: fc.nat(2),
  });
  return fc.array(step, { maxLength: 14 }).map((steps) => {
    let tick = 0;
    const sequences = new Map<string, number>();
    const unordered = steps.map((step): TestRun => {
      tick += step.tick;
      const machineKey = step.lane * sources + number;
      const key = `${tick} ${machineKey}`;
      const sequence = sequences.get(key) ?? 0;
      sequences.set(key, sequence + step.count);
      return { tick, machineKey, sequence, count: step.count, bytes: step.count * step.recordBytes };
    });
    const runs = inOrder(unordered);
    const chunks: Chunk[] = [];
    let at = 0;
    for (const { chunkRuns, modesty } of steps) {
      const next = runs[at + chunkRuns];
      if (next === undefined) break;
      chunks.push(chunkOf(runs.slice(at, at + chunkRuns), Math.max(-1, next.tick - 1 - modesty)));
      at += chunkRuns;
    }
    chunks.push(chunkOf(runs.slice(at), tick));
    return { runs, chunks };
  });
}

/** Several shards whose chunks arrive in any order, with takes in between. */
export const anyArrivals: fc.Arbitrary<Arrivals> = fc
  .integer({ min: 1, max: 4 })
  .chain((sources) => {
    const all = Array.from({ length: sources }, (_, number) => sourceOf(number, sources));
    const turns = fc.array(fc.tuple(fc.nat(sources - 1), fc.boolean(), fc.integer({ min: 1, max: 60 })), {
      minLength: 200,
      maxLength: 200,
    });
    return fc.tuple(fc.tuple(...all), turns);
  })
  .map(([sources, turns]) => {
    const events: Event[] = [];
    const waiting = sources.map(({ chunks }, source): Event[] => [
      ...chunks.map((chunk): Event => ({ kind: "add", source, chunk })),
      { kind: "end", source },
    ]);
    for (const [source, takes, mostBytes] of turns) {
      const event = waiting[source]!.shift();
      if (event !== undefined) events.push(event);
      if (takes) events.push({ kind: "take", mostBytes });
    }
    events.push(...waiting.flat());
    return { sources: sources.length, runs: sources.flatMap(({ runs }) => runs), events };
  });
