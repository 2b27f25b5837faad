/** The main job, as `npm start` runs it: one million IDs on all cores, audited, with a short summary for people. */
import { decompose } from "@shardflake/core";
import { createPool, type Pool } from "@shardflake/pool";
import { type AuditReport, auditStream } from "@shardflake/simulator/audit";
import { ExitCode, errorLine } from "./exit.js";

const COUNT = 1_000_000;

/** What the job measured beside the audit. */
interface Measured {
  readonly seconds: number;
  /** Share of the ceiling, over the ticks from the first to the last. */
  readonly utilisation: number;
}

try {
  await using pool = await createPool();
  const measured: { value?: Measured } = {};
  const report = await auditStream(
    { kind: "stream", chunks: issue(pool, measured) },
    { layout: pool.layout, format: "u64le", memoryBytes: 2 ** 20 },
  );
  process.stdout.write(summaryOf(pool, report, measured.value!));
  const isRight = report.count === COUNT && report.duplicates === 0 && report.outOfOrder === 0;
  process.exitCode = isRight ? ExitCode.ok : ExitCode.violation;
} catch (error) {
  process.stderr.write(errorLine(error) ?? "");
  process.exitCode = ExitCode.failure;
}

/** The batch as little-endian bytes; auditing is not part of the time. */
async function* issue(pool: Pool, measured: { value?: Measured }): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  const startMs = performance.now();
  const { count, ticks } = await pool.write(
    (slices) => {
      for (const slice of slices) parts.push(Uint8Array.from(slice));
    },
    { count: COUNT, format: "u64le" },
  );
  const ceilingPerTick = pool.shards * pool.lanes * pool.layout.idsPerTick;
  measured.value = {
    seconds: (performance.now() - startMs) / 1000,
    utilisation: ticks === null ? 0 : count / ((ticks.last - ticks.first + 1) * ceilingPerTick),
  };
  yield* parts;
}

function summaryOf({ shards, lanes, layout }: Pool, report: AuditReport, { seconds, utilisation }: Measured): string {
  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
  const ceilingPerSecond = (shards * lanes * layout.idsPerTick * 1000) / layout.tickMs;
  const id = (value: bigint | null | undefined): string => {
    if (value === null || value === undefined) return "none";
    const { timestampMs, datacenterId, machineId, sequence } = decompose(layout, value);
    const time = new Date(timestampMs).toISOString();
    return `${value}  ${time}  datacenter ${datacenterId}, machine ${machineId}, sequence ${sequence}`;
  };
  return [
    `issued      ${number.format(report.count)} IDs in ${(seconds * 1000).toFixed(0)} ms on ${shards} shards`,
    `rate        ${number.format(report.count / seconds)} IDs/s, ${(utilisation * 100).toFixed(1)} % of the ceiling of ${number.format(ceilingPerSecond)}/s`,
    `first       ${id(report.first)}`,
    `last        ${id(report.last)}`,
    `duplicates  ${report.duplicates}`,
    `order       ${report.outOfOrder === 0 ? "kept" : `broken ${report.outOfOrder} times`}`,
    "",
  ].join("\n");
}
