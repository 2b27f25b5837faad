import fc from "fast-check";
import { expect, it } from "vitest";
import { encoderFor } from "../../src/encode/encoder.js";
import { FORMATS } from "../../src/encode/format.js";
import { buffersFor } from "../../src/pool/buffers.js";

const count = fc.oneof(fc.nat(), fc.constant(Number.POSITIVE_INFINITY));
const idsPerShardTick = fc.integer({ min: 1, max: 2 ** 32 });

it("a shard's buffers hold a record, at most 2 MB, and none more than the whole request", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1024 }), idsPerShardTick, count, fc.constantFrom(...FORMATS), (...given) => {
      const [, , wanted, format] = given;
      const { chunkBytes, chunksPerShard } = buffersFor(...given);
      const { maxRecordBytes } = encoderFor(format);
      expect(chunkBytes).toBeGreaterThanOrEqual(maxRecordBytes);
      expect(chunkBytes * chunksPerShard).toBeLessThan(2e6);
      expect(chunkBytes).toBeLessThanOrEqual(Math.max(wanted, 1) * maxRecordBytes);
    }),
  );
});
