import { LOW_HALF } from "@shardflake/core";

// What any machine does at a speed of its own: plain loops, against which the guard holds ours. None of them calls ours.

const EPOCH_MS: number = Date.UTC(2020, 0, 1);

/** The generator everybody writes first: reads the clock, counts, composes the halves, trusts the clock. */
export function naiveGenerator(sequenceBits: number): () => bigint {
  const scratch = new BigUint64Array(1);
  const halves = new Uint32Array(scratch.buffer);
  const idsPerTick = 2 ** sequenceBits;
  let lastMs = 0;
  let sequence = 0;
  return () => {
    const nowMs = Date.now();
    sequence = nowMs === lastMs ? (sequence + 1) % idsPerTick : 0;
    lastMs = nowMs;
    const tick = nowMs - EPOCH_MS;
    halves[1 - LOW_HALF] = Math.floor(tick / 1024);
    halves[LOW_HALF] = (tick % 1024) * 2 ** 22 + sequence;
    return scratch[0]!;
  };
}

/** Writes every line digit by digit, and counts up by carrying. */
export function writeLines(out: Uint8Array, digits: Uint8Array, lines: number): number {
  let at = 0;
  for (let line = 0; line < lines; line++) {
    for (let digit = 0; digit < digits.length; digit++) out[at++] = digits[digit]! + 48;
    out[at++] = 10;
    let place = digits.length - 1;
    while (digits[place] === 9) digits[place--] = 0;
    digits[place]!++;
  }
  return at;
}

/** Reads every line digit by digit into two halves of nine digits, and counts how often they ascend. */
export function readLines(text: Uint8Array): number {
  let ascending = 0;
  let [high, low, lastHigh, lastLow] = [0, 0, -1, 0];
  for (let at = 0, place = 0; at < text.length; at++) {
    const byte = text[at]!;
    if (byte !== 10) {
      if (place++ < 9) high = high * 10 + byte - 48;
      else low = low * 10 + byte - 48;
      continue;
    }
    if (high > lastHigh || (high === lastHigh && low > lastLow)) ascending++;
    [lastHigh, lastLow, high, low, place] = [high, low, 0, 0, 0];
  }
  return ascending;
}

/** Counts how often a pair of halves is larger than the one before. */
export function countAscending(halves: Uint32Array): number {
  let ascending = 0;
  let [lastHigh, lastLow] = [-1, 0];
  for (let at = 0; at < halves.length; at += 2) {
    const low = halves[at + LOW_HALF]!;
    const high = halves[at + 1 - LOW_HALF]!;
    if (high > lastHigh || (high === lastHigh && low > lastLow)) ascending++;
    lastHigh = high;
    lastLow = low;
  }
  return ascending;
}
