/** Takes `count` IDs, each as (low half, high half). The block is used again afterwards. */
export type IdSink = (halves: Int32Array, count: number) => void;

/** Turns the chunks of a stream into IDs, wherever the chunks are cut. */
export interface IdReader {
  /** Takes the next chunk, which the caller may use again afterwards. @throws ParseError when a record is wrong */
  read(chunk: Uint8Array): void;
  /** Takes the end of the stream. @throws ParseError `PARSE_TRUNCATED` when it ends within a record */
  end(): void;
}
