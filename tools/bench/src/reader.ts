/**
 * An outside reader of `generate --format u64le`: knows nothing of Shardflake but the layout 41/5/5/12. Reads stdin to
 * its end, checks that every ID is larger than the one before, and prints what it saw as JSON.
 */
import { readSync } from "node:fs";

const buffer = new Uint8Array(2 ** 20);
const halves = new Uint32Array(buffer.buffer);
let [count, outOfOrder, lastHigh, lastLow] = [0, 0, -1, 0];
let [firstTick, lastTick] = [-1, -1];
let partial = 0;

for (;;) {
  const bytes = read(partial);
  if (bytes === 0) break;
  const whole = (partial + bytes) >>> 3;
  check(whole);
  partial = partial + bytes - whole * 8;
  buffer.copyWithin(0, whole * 8, whole * 8 + partial);
}
if (partial > 0) throw new Error(`the output ends inside an ID: ${partial} bytes`);
process.stdout.write(JSON.stringify({ count, outOfOrder, firstTick, lastTick }));

function read(from: number): number {
  for (;;) {
    try {
      return readSync(0, buffer, from, buffer.length - from, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

function check(ids: number): void {
  let [high, low] = [lastHigh, lastLow];
  for (let i = 0; i < ids * 2; i += 2) {
    const nextLow = halves[i]!;
    const nextHigh = halves[i + 1]!;
    if (nextHigh < high || (nextHigh === high && nextLow <= low)) outOfOrder++;
    high = nextHigh;
    low = nextLow;
  }
  if (ids === 0) return;
  if (count === 0) firstTick = tickOf(halves[1]!, halves[0]!);
  lastTick = tickOf(high, low);
  count += ids;
  lastHigh = high;
  lastLow = low;
}

function tickOf(high: number, low: number): number {
  return high * 2 ** 10 + (low >>> 22);
}
