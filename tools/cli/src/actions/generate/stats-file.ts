import { writeFileSync } from "node:fs";
import { ShardflakeError } from "@shardflake/core";
import { openOutputFile } from "../../output-file.js";
import { type Generated, statsOf } from "./summary.js";

/** Where `--stats` goes: opened before anything is generated, written after everything was. */
export interface StatsFile {
  /** @throws ShardflakeError `OUTPUT_FAILED` */
  write(generated: Generated): void;
  close(): void;
}

/** @throws ShardflakeError `OUTPUT_FAILED` when the file cannot be opened */
export function openStatsFile(path: string): StatsFile {
  const { file, begin, close } = orFail(path, () => openOutputFile(path));
  return {
    write: (generated) =>
      orFail(path, () => {
        begin();
        writeFileSync(file, `${JSON.stringify(statsOf(generated))}\n`);
      }),
    close: () => orFail(path, close),
  };
}

function orFail<Result>(path: string, run: () => Result): Result {
  try {
    return run();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ShardflakeError("OUTPUT_FAILED", `Expected to write to ${path}, got: ${reason}.`, { cause });
  }
}
