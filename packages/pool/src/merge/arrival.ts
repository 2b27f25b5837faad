import type { Merge, SpentChunk } from "./merge.js";

/** No common order: every chunk goes on as it arrives. */
export function mergeByArrival(): Merge {
  const arrived: SpentChunk[] = [];
  let sources = 0;
  return {
    addSource: () => sources++,
    add(source, chunk) {
      if (chunk.bytes > 0) arrived.push({ source, chunk });
    },
    end() {},
    take(mostBytes) {
      const spent: SpentChunk[] = [];
      let bytes = 0;
      let count = 0;
      while (bytes < mostBytes && arrived.length > 0) {
        const next = arrived.shift()!;
        spent.push(next);
        bytes += next.chunk.bytes;
        count += next.chunk.count;
      }
      return { slices: spent.map(({ chunk }) => new Uint8Array(chunk.buffer, 0, chunk.bytes)), count, bytes, spent };
    },
    blocking: () => [],
  };
}
