import type { IdWriter, Run } from "@shardflake/core";
import type { Encoder } from "../encode/encoder.js";
import type { ChunkAnswer } from "./messages.js";

/** What a chunk needs to know of the machine ID whose run it writes. */
export interface RunOwner {
  readonly writer: IdWriter;
  readonly machineKey: number;
}

/** Fills one buffer with encoded runs and keeps account of where each run lies. */
export interface ChunkWriter {
  /** How many more IDs surely fit. */
  readonly room: number;
  readonly count: number;
  /** Writes as much of the run as fits and returns how many IDs that was. */
  write(run: Run, owner: RunOwner): number;
  finish(standing: Pick<ChunkAnswer, "finishedTick" | "last">): ChunkAnswer;
}

export function chunkWriter(buffer: ArrayBufferLike, encoder: Encoder): ChunkWriter {
  const out = new Uint8Array(buffer);
  const fields: number[] = [];
  let end = 0;
  let count = 0;
  const room = (): number => Math.floor((out.length - end) / encoder.maxRecordBytes);
  return {
    get room() {
      return room();
    },
    get count() {
      return count;
    },
    write(run, { writer, machineKey }) {
      const fitting = Math.min(run.count, room());
      if (fitting === 0) return 0;
      const start = end;
      end = encoder.write(out, start, writer.base(run.tick), run.sequence, fitting);
      count += fitting;
      fields.push(run.tick, machineKey, run.sequence, fitting, end - start);
      return fitting;
    },
    finish(standing) {
      return { kind: "chunk", bytes: end, count, runs: new Float64Array(fields), ...standing };
    },
  };
}
