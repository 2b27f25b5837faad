import { decompose, defineLayout } from "@shardflake/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { machinesNeeded } from "../../src/backfill/spread.js";
import { backfillChunk } from "../../src/shard/backfill-chunk.js";

const layout = defineLayout({ timestampBits: 41, datacenterBits: 1, machineBits: 5, sequenceBits: 2, epoch: 0 });

it("backfill chunks put together are ascending IDs of the plan's machine IDs, inside the period, one for one", () => {
  const plans = fc.record({ ticks: fc.integer({ min: 1, max: 60 }), total: fc.integer({ min: 1, max: 100 }) });
  fc.assert(
    fc.property(plans, fc.array(fc.nat(), { maxLength: 5 }), ({ ticks, total }, cuts) => {
      const spread = { fromTick: 500, toTick: 500 + ticks, total, idsPerTick: layout.idsPerTick };
      const machineIds = Array.from({ length: machinesNeeded(spread) }, (_, i) => ({
        datacenterId: 1,
        machineId: i + 3,
      }));
      const borders = [0, ...cuts.map((cut) => cut % (total + 1)), total].sort((a, b) => a - b);
      const ids = borders.slice(1).flatMap((end, i) => {
        const first = borders[i]!;
        const count = end - first;
        const buffer = new SharedArrayBuffer(count * 8);
        const task = { kind: "backfill", plan: { spread, machineIds }, first, count, format: "ids", buffer } as const;
        expect(backfillChunk(layout, task).count).toBe(count);
        return [...new BigUint64Array(buffer)];
      });
      expect(ids.length).toBe(total);
      for (const [i, id] of ids.entries()) {
        if (i > 0 && id <= ids[i - 1]!) expect.fail(`${id} after ${ids[i - 1]}`);
        const { tick, datacenterId, machineId } = decompose(layout, id);
        expect(tick).toBe(500 + Math.floor((i * ticks) / total));
        expect(machineIds).toContainEqual({ datacenterId, machineId });
      }
    }),
    { numRuns: 200 },
  );
});
