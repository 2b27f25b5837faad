import { ParseError } from "@shardflake/core";
import type { ParseIdLine } from "./id-line.js";
import type { IdReader, IdSink } from "./id-reader.js";

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLOCK_IDS = 4096;
/** Longest line, in bytes: far above every format, so that a binary file read as text is refused early. */
const MOST_LINE_BYTES = 65_536;

/** What {@link LineReader} takes. */
export interface LineFormat {
  /** Ends the sentence "Expected …" in messages. */
  readonly expected: string;
  readonly parse: ParseIdLine;
  /** The text of the first line, which carries no ID; undefined when the first line is an ID like the others. */
  readonly header: string | undefined;
}

/** Reads one ID a line. Lines end with LF or CRLF; the last one may go without. */
export class LineReader implements IdReader {
  readonly #format: LineFormat;
  readonly #sink: IdSink;
  readonly #block = new Int32Array(BLOCK_IDS * 2);
  #blockCount = 0;
  /** The beginning of a line that the last chunks left unfinished. */
  #rest: Uint8Array = new Uint8Array(0);
  #line = 1;

  constructor(format: LineFormat, sink: IdSink) {
    this.#format = format;
    this.#sink = sink;
  }

  read(chunk: Uint8Array): void {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, start);
      if (end < 0) break;
      if (this.#rest.length > 0) {
        const whole = Buffer.concat([this.#rest, chunk.subarray(0, end)]);
        this.#rest = new Uint8Array(0);
        this.#addLine(whole, 0, whole.length);
      } else this.#addLine(chunk, start, end);
      start = end + 1;
    }
    if (start < chunk.length) this.#rest = Buffer.concat([this.#rest, chunk.subarray(start)]);
    this.#flush();
    if (this.#rest.length > MOST_LINE_BYTES) throw this.#lineError(this.#rest);
  }

  end(): void {
    if (this.#rest.length > 0) this.#addLine(this.#rest, 0, this.#rest.length);
    this.#flush();
  }

  #addLine(bytes: Uint8Array, start: number, lineEnd: number): void {
    const end = lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
    if (this.#line === 1 && this.#format.header !== undefined) {
      this.#checkHeader(bytes.subarray(start, end), this.#format.header);
    } else if (this.#format.parse(bytes, start, end, this.#block, this.#blockCount * 2)) {
      if (++this.#blockCount === BLOCK_IDS) this.#flush();
    } else {
      this.#flush();
      throw this.#lineError(bytes.subarray(start, end));
    }
    this.#line++;
  }

  #flush(): void {
    const count = this.#blockCount;
    this.#blockCount = 0;
    if (count > 0) this.#sink(this.#block, count);
  }

  #checkHeader(line: Uint8Array, header: string): void {
    const got = quote(line);
    if (got === quote(Buffer.from(header))) return;
    throw new ParseError("PARSE_LINE", `Expected the header ${header} in line 1, got ${got}. Check the format.`);
  }

  #lineError(line: Uint8Array): ParseError {
    return new ParseError(
      "PARSE_LINE",
      `Expected ${this.#format.expected} in line ${this.#line}, got ${quote(line)}. Check the format.`,
    );
  }
}

/** A line for an error message: short, and safe on a terminal. */
function quote(line: Uint8Array): string {
  const text = Buffer.from(line.subarray(0, 60)).toString();
  return JSON.stringify(line.length > 60 ? `${text}…` : text);
}
