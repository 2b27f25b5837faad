import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { closeInput, openInput, readInput } from "../../input.js";
import { parseTimeMs } from "../../values/time.js";

/** Rows to start with; the array doubles when it is full. */
const FIRST_ROWS = 2 ** 12;

/**
 * Reads one time a row. Returns Unix milliseconds in the order of the rows.
 *
 * @throws InputError `INPUT_UNREADABLE`, `INPUT_DIRECTORY`, or `OPTION_INVALID` naming the row that is no time
 */
export async function readTimes(path: string): Promise<Float64Array> {
  const file = await openInput(path);
  try {
    let times = new Float64Array(FIRST_ROWS);
    let rows = 0;
    for await (const line of createInterface({
      input: Readable.from(copied(readInput(file))),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      if (rows === times.length) {
        const longer = new Float64Array(rows * 2);
        longer.set(times);
        times = longer;
      }
      times[rows] = parseTimeMs(line, `row ${rows + 1} of ${path}`);
      rows++;
    }
    return times.subarray(0, rows);
  } finally {
    await closeInput(file);
  }
}

/** The reader uses its buffers again while readline may still hold a chunk. */
async function* copied(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}
