import type { RecordBatch, Refusal } from "./thread/records.js";
import { RECORD_KINDS, type RecordKind } from "./thread/records.js";

/** Reads the records of one life, one after the other; it stands on the first, and allocates nothing. */
export class LifeReader {
  kind: RecordKind = "issued";
  requestedMs = 0;
  /** Infinite when there is no record left. */
  completedMs = 0;
  errorMs = 0;
  id = 0n;
  /** Of a record that has one. */
  text = "";
  refusal: Refusal = { code: null, name: "" };
  readonly #batches: readonly RecordBatch[];
  #batch = 0;
  #at = -1;
  #text = -1;
  #refusal = -1;

  constructor(batches: readonly RecordBatch[]) {
    this.#batches = batches;
    this.advance();
  }

  advance(): void {
    let batch = this.#batches[this.#batch];
    if (batch !== undefined && ++this.#at >= batch.count) {
      batch = this.#batches[++this.#batch];
      this.#at = 0;
      this.#text = -1;
      this.#refusal = -1;
    }
    if (batch === undefined) {
      this.completedMs = Number.POSITIVE_INFINITY;
      return;
    }
    this.kind = RECORD_KINDS[batch.kinds[this.#at]!]!;
    this.requestedMs = batch.requestedMs[this.#at]!;
    this.completedMs = batch.completedMs[this.#at]!;
    this.errorMs = batch.errorMs[this.#at]!;
    this.id = batch.ids[this.#at]!;
    if (this.kind === "issued-text" || this.kind === "misshapen") this.text = batch.texts[++this.#text]!;
    if (this.kind === "refused") this.refusal = batch.refusals[++this.#refusal]!;
  }
}
