import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compose, defineLayout } from "@shardflake/core";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { auditStream, ID_FORMATS } from "../../src/audit/index.js";
import { anyStream, anyTurns, cut } from "./arbitraries.js";
import { encodeIds } from "./encode.js";
import { auditNaively } from "./oracle.js";

const tempDirectory = mkdtempSync(join(tmpdir(), "audit-test-"));
afterAll(() => rmSync(tempDirectory, { recursive: true }));

const anyFormat = fc.constantFrom(...ID_FORMATS);
const anyCuts = fc.array(fc.nat(), { maxLength: 8 });
const layout = defineLayout();
const id = (tick: number, machineId: number, sequence: number): bigint =>
  compose(layout, { tick, datacenterId: 0, machineId, sequence });

describe("a stream is audited exactly", () => {
  it("in any format, however it is cut into chunks", async () => {
    await fc.assert(
      fc.asyncProperty(anyStream, anyFormat, anyCuts, async ({ layout, ids }, format, cuts) => {
        const chunks = cut(encodeIds(format, ids), cuts);
        const expected = auditNaively(layout, ids);
        expect(await auditStream({ kind: "stream", chunks }, { layout, format })).toEqual(expected);
        expect(await auditStream({ kind: "replayable", open: () => chunks }, { layout, format })).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("where machine IDs take turns", async () => {
    await fc.assert(
      fc.asyncProperty(anyTurns, anyCuts, async ({ layout, ids }, cuts) => {
        const chunks = cut(encodeIds("u64le", ids), cuts);
        const expected = auditNaively(layout, ids);
        const options = { layout, format: "u64le" } as const;
        expect(await auditStream({ kind: "stream", chunks }, options)).toEqual(expected);
        expect(await auditStream({ kind: "replayable", open: () => chunks }, options)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("with hardly any memory, given a directory", async () => {
    await fc.assert(
      fc.asyncProperty(anyStream, fc.integer({ min: 0, max: 2000 }), async ({ layout, ids }, memoryBytes) => {
        const chunks = [encodeIds("u64le", ids)];
        const options = { layout, format: "u64le", memoryBytes, tempDirectory } as const;
        expect(await auditStream({ kind: "stream", chunks }, options)).toEqual(auditNaively(layout, ids));
      }),
      { numRuns: 500 },
    );
    expect(readdirSync(tempDirectory)).toEqual([]);
  });

  it("or not at all: with hardly any memory and no directory the answer is right, or AUDIT_MEMORY", async () => {
    await fc.assert(
      fc.asyncProperty(anyStream, fc.integer({ min: 0, max: 2000 }), async ({ layout, ids }, memoryBytes) => {
        const chunks = [encodeIds("u64le", ids)];
        const report = await auditStream({ kind: "stream", chunks }, { layout, format: "u64le", memoryBytes }).catch(
          (error) => error,
        );
        if (report instanceof Error) expect(report).toMatchObject({ code: "AUDIT_MEMORY" });
        else expect(report).toEqual(auditNaively(layout, ids));
      }),
      { numRuns: 500 },
    );
  });
});

describe("memory", () => {
  const ascending = Array.from({ length: 4000 }, (_, tick) => [id(tick, 3, 0), id(tick, 7, 0)]).flat();

  it("of a few records is enough for machine IDs that ascend, in a stream too", async () => {
    const chunks = [encodeIds("u64le", ascending)];
    const report = await auditStream({ kind: "stream", chunks }, { layout, format: "u64le", memoryBytes: 0 });
    expect(report).toMatchObject({ count: 8000, duplicates: 0, machineIds: 2 });
  });

  it("that is gone makes a late step backwards undecidable", async () => {
    const chunks = [encodeIds("u64le", [...ascending, id(5, 3, 1)])];
    const audit = auditStream({ kind: "stream", chunks }, { layout, format: "u64le", memoryBytes: 0 });
    await expect(audit).rejects.toMatchObject({ code: "AUDIT_MEMORY" });
  });

  it("is not asked for the same ID many times over", async () => {
    const pair = [id(2, 0, 0), id(1, 0, 0)];
    const chunks = [encodeIds("u64le", Array.from({ length: 5000 }, () => pair).flat())];
    const report = await auditStream({ kind: "stream", chunks }, { layout, format: "u64le", memoryBytes: 1000 });
    expect(report).toMatchObject({ count: 10_000, duplicates: 9998, outOfOrder: 5000, overfullTicks: 2 });
  });
});

describe("machine IDs", () => {
  it("are counted one by one, however many bits they have", async () => {
    const wide = defineLayout({ timestampBits: 20, datacenterBits: 16, machineBits: 16, sequenceBits: 0 });
    const ids = Array.from({ length: 6000 }, (_, index) =>
      compose(wide, {
        tick: 1 + Math.floor(index / 3000),
        datacenterId: (index % 3000) * 7,
        machineId: 9,
        sequence: 0,
      }),
    );
    const audit = (stream: bigint[]): ReturnType<typeof auditStream> =>
      auditStream({ kind: "stream", chunks: [encodeIds("u64be", stream)] }, { layout: wide, format: "u64be" });
    expect(await audit(ids)).toEqual(auditNaively(wide, ids));
    expect(await audit(ids.toReversed())).toEqual(auditNaively(wide, ids.toReversed()));
  });
});

describe("a stream is refused", () => {
  it("when an ID has more bits than the layout, by the number of its record", async () => {
    const small = defineLayout({ timestampBits: 8, datacenterBits: 0, machineBits: 0, sequenceBits: 8 });
    const chunks = [encodeIds("text", [1n, 65_535n, 65_536n])];
    const audit = auditStream({ kind: "stream", chunks }, { layout: small, format: "text" });
    await expect(audit).rejects.toMatchObject({
      code: "ID_OUT_OF_RANGE",
      message: expect.stringContaining("record 3"),
    });
  });

  it("when its signal is aborted", async () => {
    const signal = AbortSignal.abort(new Error("stop"));
    const audit = auditStream(
      { kind: "stream", chunks: [encodeIds("text", [1n])] },
      { layout, format: "text", signal },
    );
    await expect(audit).rejects.toThrow("stop");
  });

  it("when the temporary directory is not there", async () => {
    const ids = Array.from({ length: 100 }, (_, tick) => id(200 - tick, 0, 0));
    const audit = auditStream(
      { kind: "stream", chunks: [encodeIds("u64le", ids)] },
      { layout, format: "u64le", memoryBytes: 0, tempDirectory: join(tempDirectory, "missing") },
    );
    await expect(audit).rejects.toMatchObject({ code: "AUDIT_TEMP" });
  });
});
