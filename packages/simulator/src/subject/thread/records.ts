/** What happened to a request, or what somebody noticed. */
export type RecordKind = "issued" | "issued-text" | "misshapen" | "refused" | "unanswered" | "fault-seen";

/** Their numbers, as they are kept. */
export const RECORD_KINDS: readonly RecordKind[] = [
  "issued",
  "issued-text",
  "misshapen",
  "refused",
  "unanswered",
  "fault-seen",
];

/** An error that `next` threw instead of an ID. */
export interface Refusal {
  readonly code: string | null;
  /** The error's name and message with every number as #, so that equal refusals count as one. */
  readonly name: string;
}

/** Records of one life, in the order of their completion; columns, because there are millions. */
export interface RecordBatch {
  readonly count: number;
  /** Places in {@link RECORD_KINDS}. */
  readonly kinds: Uint8Array;
  readonly requestedMs: Float64Array;
  readonly completedMs: Float64Array;
  /** Largest error of the clock meanwhile. */
  readonly errorMs: Float64Array;
  /** The IDs that were issued; for a fault that was seen, its place in the scenario. */
  readonly ids: BigUint64Array;
  /** What was issued as text, and what was misshapen, in the order of their records. */
  readonly texts: readonly string[];
  /** The refusals, in the order of their records. */
  readonly refusals: readonly Refusal[];
}

/** Small, because what is in an unfinished one is lost when the thread must be cut off. */
const BATCH = 256;

/** Collects records. */
export interface RecordWriter {
  add(kind: RecordKind, requestedMs: number, completedMs: number, errorMs: number, id: bigint): void;
  addText(
    kind: "issued-text" | "misshapen",
    requestedMs: number,
    completedMs: number,
    errorMs: number,
    text: string,
  ): void;
  addRefusal(requestedMs: number, completedMs: number, errorMs: number, refusal: Refusal): void;
  /** Sends what is left. */
  flush(): void;
}

/** A writer that hands over a batch whenever one is full. */
export function createRecordWriter(send: (batch: RecordBatch) => void): RecordWriter {
  let batch = emptyBatch();
  let count = 0;
  const flush = (): void => {
    if (count > 0) send({ ...batch, count });
    batch = emptyBatch();
    count = 0;
  };
  const add = (kind: RecordKind, requestedMs: number, completedMs: number, errorMs: number, id: bigint): void => {
    if (count === BATCH) flush();
    batch.kinds[count] = RECORD_KINDS.indexOf(kind);
    batch.requestedMs[count] = requestedMs;
    batch.completedMs[count] = completedMs;
    batch.errorMs[count] = errorMs;
    batch.ids[count++] = id;
  };
  return {
    add,
    addText(kind, requestedMs, completedMs, errorMs, text) {
      add(kind, requestedMs, completedMs, errorMs, 0n);
      batch.texts.push(text);
    },
    addRefusal(requestedMs, completedMs, errorMs, refusal) {
      add("refused", requestedMs, completedMs, errorMs, 0n);
      batch.refusals.push(refusal);
    },
    flush,
  };
}

interface OpenBatch extends Omit<RecordBatch, "count" | "texts" | "refusals"> {
  readonly texts: string[];
  readonly refusals: Refusal[];
}

function emptyBatch(): OpenBatch {
  return {
    kinds: new Uint8Array(BATCH),
    requestedMs: new Float64Array(BATCH),
    completedMs: new Float64Array(BATCH),
    errorMs: new Float64Array(BATCH),
    ids: new BigUint64Array(BATCH),
    texts: [],
    refusals: [],
  };
}
