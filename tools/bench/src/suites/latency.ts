import { createPool, embeddedStore } from "@shardflake/pool";
import { build } from "hdr-histogram-js";
import { Bench } from "../command.js";
import type { Measurement, Outcome } from "../suite.js";

const RATES = [10_000, 100_000, 1_000_000] as const;
/** Longer than two windows are apart, so that they are renewed meanwhile. */
const FOR_MS = 6000;
const MOST_MS = 1;
const BOUND_RATE = 100_000;

const ABOUT = `An open loop: calls are due at fixed times, whether or not the one before is done, and latency counts from when a call was
due, so that a stall is felt by everybody who waits behind it. One thread, \`claim()\` with its keeper and an embedded store,
windows renewed every 2 s meanwhile. At 1 M/s the 12-bit sequence is a quarter used.`;

/** Tail latency of `next()` under an open-loop load. */
export async function latency(): Promise<Outcome> {
  const bench = new Bench();
  const pool = await createPool({ shards: 0, store: embeddedStore(bench.directory) });
  try {
    const generator = await pool.claim();
    const results = RATES.map((rate) => ({ rate, percentiles: percentilesAt(rate, () => generator.next()) }));
    const measurements = results.map(({ rate, percentiles }): Measurement => {
      const isBound = rate === BOUND_RATE;
      return {
        what: `next() at ${rate / 1000} k/s`,
        figure: `p99.99 ${percentiles[4]!.toFixed(3)} ms`,
        value: percentiles[4]!,
        bound: isBound ? `≤ ${MOST_MS} ms` : "reported",
        holds: !isBound || percentiles[4]! <= MOST_MS,
      };
    });
    const rows = results.map(({ rate, percentiles }) => [
      `${rate / 1000} k/s`,
      ...percentiles.map((ms) => ms.toFixed(4)),
    ]);
    const head = ["load", ...PERCENTILES.map((percentile) => `p${percentile}`), "max"];
    return { about: ABOUT, measurements, tables: [{ title: "Milliseconds", head, rows }] };
  } finally {
    await pool.close();
    bench.close();
  }
}

const PERCENTILES = [50, 90, 99, 99.9, 99.99] as const;

/** Milliseconds at each percentile, and the longest. */
function percentilesAt(rate: number, next: () => bigint): readonly number[] {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 1e11,
    numberOfSignificantValueDigits: 3,
  });
  const gapMs = 1000 / rate;
  for (let call = 0; call < rate / 10; call++) next();
  const startMs = performance.now();
  for (let call = 0; call < (rate * FOR_MS) / 1000; call++) {
    const dueMs = startMs + call * gapMs;
    while (performance.now() < dueMs);
    next();
    histogram.recordValue(Math.max(1, Math.round((performance.now() - dueMs) * 1e6)));
  }
  return [...PERCENTILES.map((percentile) => histogram.getValueAtPercentile(percentile)), histogram.maxValue].map(
    (ns) => ns / 1e6,
  );
}
