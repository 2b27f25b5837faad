import { type Layout, ShardflakeError } from "@shardflake/core";
import { Auditor } from "./auditor.js";
import { IntervalHistory } from "./history/interval-history.js";
import { createReader } from "./readers/create-reader.js";
import type { IdFormat } from "./readers/id-format.js";
import type { AuditReport } from "./report.js";
import { Sections } from "./sections.js";

/** Where the IDs come from. A chunk is read before the next one is asked for, so its memory may be used again. */
export type AuditSource =
  | { readonly kind: "stream"; readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array> }
  /** Can be read from the start again, which spares the memory for a history as long as all machine IDs ascend. */
  | {
      readonly kind: "replayable";
      /** Begins at the first chunk, each time. */
      readonly open: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
    };

/** What {@link auditStream} takes. */
export interface AuditOptions {
  readonly layout: Layout;
  readonly format: IdFormat;
  /** Memory for the intervals of seen IDs, in bytes. @default 256 MiB */
  readonly memoryBytes?: number;
  /** Existing directory for a temporary file, for streams that need more than `memoryBytes`. @default none */
  readonly tempDirectory?: string;
  /** Told after every chunk how many bytes were read since the stream was opened (again). */
  readonly onProgress?: (bytes: number) => void;
  /** Ends the audit, at the latest after the chunk it is at, with the signal's reason. */
  readonly signal?: AbortSignal;
}

const DEFAULT_MEMORY_BYTES: number = 256 * 2 ** 20;

/**
 * Audits a stream of IDs: duplicates, order, sign and sections. Always exact.
 *
 * @throws ParseError `PARSE_LINE`, `PARSE_TRUNCATED`, `ID_OUT_OF_RANGE`, `FORMAT_UNKNOWN`
 * @throws ShardflakeError `AUDIT_MEMORY` when the memory did not suffice to decide and there is no temporary directory,
 * `AUDIT_TEMP` when the temporary file failed
 */
export async function auditStream(source: AuditSource, options: AuditOptions): Promise<AuditReport> {
  if (source.kind === "stream") return await withHistory(source.chunks, options);
  try {
    const auditor = new Auditor(options.layout);
    await feed(auditor, source.open(), options);
    return await auditor.report(options.signal);
  } catch (error) {
    if (!(error instanceof ShardflakeError && error.code === "AUDIT_MEMORY")) throw error;
  }
  return await withHistory(source.open(), options);
}

async function withHistory(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: AuditOptions,
): Promise<AuditReport> {
  const memoryBytes = options.memoryBytes ?? DEFAULT_MEMORY_BYTES;
  const history = new IntervalHistory(new Sections(options.layout), memoryBytes, options.tempDirectory);
  try {
    const auditor = new Auditor(options.layout, history);
    await feed(auditor, chunks, options);
    return await auditor.report(options.signal);
  } finally {
    history.close();
  }
}

async function feed(
  auditor: Auditor,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: AuditOptions,
): Promise<void> {
  const reader = createReader(options.format, (halves, count) => auditor.scan(halves, count));
  let bytes = 0;
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted();
    reader.read(chunk);
    bytes += chunk.length;
    options.onProgress?.(bytes);
  }
  reader.end();
}
