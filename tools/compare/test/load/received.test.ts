import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeIds } from "../../src/load/encode-ids.js";
import type { Samples } from "../../src/load/load-messages.js";
import { mergeSamples } from "../../src/load/received.js";

const samplesOf = (batch: number, completedMs: readonly number[], firstId: number): Samples => ({
  client: Uint16Array.from(completedMs, () => 0),
  server: Uint16Array.from(completedMs, () => 0),
  requestedMs: Float64Array.from(completedMs),
  completedMs: Float64Array.from(completedMs),
  batch,
  ids: encodeIds(Array.from({ length: completedMs.length * batch }, (_, i) => BigInt(firstId + i))),
});

it("merges what processes sent by the time of receipt, and every request keeps its IDs", () => {
  const times = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 20 }).map((all) => all.sort((a, b) => a - b));
  const processes = fc.array(fc.array(times, { maxLength: 3 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(processes, fc.integer({ min: 1, max: 3 }), (all, batch) => {
      let firstId = 1;
      const known = new Map<number, bigint[]>();
      const sent = all.map((parts) => {
        const sorted = parts.flat().sort((a, b) => a - b);
        const samples = samplesOf(batch, sorted, firstId);
        firstId += sorted.length * batch;
        sorted.forEach((ms, i) => {
          known.set(ms, [...(known.get(ms) ?? []), ...samples.ids.words.subarray(i * batch, (i + 1) * batch)]);
        });
        return [samples];
      });
      const merged = mergeSamples(sent);
      expect([...merged.completedMs]).toEqual([...merged.completedMs].sort((a, b) => a - b));
      expect(merged.requests).toBe(all.flat(2).length);
      merged.completedMs.forEach((ms, i) => {
        const ids = merged.ids.words.subarray(i * batch, (i + 1) * batch);
        expect(known.get(ms)).toEqual(expect.arrayContaining([...ids]));
      });
    }),
    { numRuns: 50 },
  );
});
