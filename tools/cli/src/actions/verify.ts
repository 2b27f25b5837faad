import { statSync } from "node:fs";
import { type AuditReport, type AuditSource, auditStream, type IdFormat } from "@shardflake/simulator/audit";
import type { VerifyOptions } from "../commands/verify.js";
import type { CommandContext } from "../context.js";
import { ExitCode } from "../exit.js";
import { closeInput, type InputFile, openInput, readInput, readStdin } from "../input.js";
import { valueError } from "../input-error.js";
import { openOutput } from "../output.js";
import { startProgress } from "../progress.js";
import { parseLayout } from "../values/layout.js";
import { parseSize } from "../values/size.js";
import { parseFormat } from "./id-format-option.js";
import { verifyTable } from "./verify/table.js";

/** Audits a file or stdin, prints what it found, and fails the check on a violation. */
export async function verify(
  path: string | undefined,
  options: VerifyOptions,
  { signal, setExitCode }: CommandContext,
): Promise<void> {
  const layout = parseLayout(options.layout, options.epoch);
  const format = formatOf(path, options.format);
  const memoryBytes = parseSize(options.memory, "--memory");
  checkTempDirectory(options.tempDir);
  const file = path === undefined ? undefined : await openInput(path);
  const total = file?.kind === "file" ? file.bytes : undefined;
  const progress = await startProgress({ unit: "bytes", total, quiet: options.quiet === true });
  let report: AuditReport;
  try {
    report = await auditStream(sourceOf(file, signal), {
      layout,
      format,
      memoryBytes,
      ...(options.tempDir === undefined ? {} : { tempDirectory: options.tempDir }),
      onProgress: (bytes) => progress.update(bytes),
      signal,
    });
  } finally {
    progress.stop();
    if (file !== undefined) await closeInput(file);
  }
  await openOutput().write(options.json ? `${JSON.stringify(documentOf(report))}\n` : verifyTable(report));
  if (isViolation(report, options.ordered === true ? "ordered" : "any-order")) setExitCode(ExitCode.violation);
}

function formatOf(path: string | undefined, format: string | undefined): IdFormat {
  if (format !== undefined) return parseFormat(format, "--format");
  return path?.endsWith(".bin") ? "u64le" : "text";
}

/** Told at once rather than after the hour at which the directory is needed. */
function checkTempDirectory(path: string | undefined): void {
  if (path === undefined || statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  throw valueError("--temp-dir", "an existing directory", path);
}

function sourceOf(file: InputFile | undefined, signal: AbortSignal): AuditSource {
  if (file === undefined) return { kind: "stream", chunks: readStdin(signal) };
  if (file.kind === "file") return { kind: "replayable", open: () => readInput(file, signal) };
  return { kind: "stream", chunks: readInput(file, signal) };
}

function isViolation(report: AuditReport, order: "ordered" | "any-order"): boolean {
  return report.duplicates > 0 || report.signBitSet > 0 || (order === "ordered" && report.outOfOrder > 0);
}

/** The JSON document: IDs as decimal strings, because they do not survive as JSON numbers. */
function documentOf({ machines: _, first, last, ...numbers }: AuditReport): object {
  return { ...numbers, first: first?.toString() ?? null, last: last?.toString() ?? null };
}
