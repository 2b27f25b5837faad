import { createPool, embeddedStore } from "@shardflake/pool";
import { Bench } from "../command.js";
import type { Measurement } from "../suite.js";

const ROUNDS = 9;
const CALLS = 4_000_000;
const MOST_RATIO = 1.6;

/** CPU of `next()` against a bare `Date.now()`: 22-bit sequence, so that it never sleeps; embedded store. */
export async function next(): Promise<Measurement[]> {
  const bench = new Bench();
  const pool = await createPool({
    shards: 0,
    store: embeddedStore(bench.directory),
    layout: { timestampBits: 41, datacenterBits: 0, machineBits: 0, sequenceBits: 22 },
  });
  try {
    const generator = await pool.claim();
    let [times, ids] = [0, 0n];
    const now = (): void => {
      for (let i = 0; i < CALLS; i++) times += Date.now();
    };
    const issue = (): void => {
      for (let i = 0; i < CALLS; i++) ids ^= generator.next();
    };
    const rounds: { own: number; bare: number }[] = [];
    now();
    issue();
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({ bare: cpuNs(now), own: cpuNs(issue) });
      // The keeper's timers get their turn between rounds.
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const ratio = median(rounds.map(({ own, bare }) => own / bare));
    const figure = `${ratio.toFixed(2)} × (${median(rounds.map(({ own }) => own)).toFixed(1)} ns against ${median(rounds.map(({ bare }) => bare)).toFixed(1)})`;
    return [
      {
        what: "next() against Date.now(), process CPU",
        figure,
        bound: `≤ ${MOST_RATIO} ×`,
        holds: ratio <= MOST_RATIO && times > 0 && ids >= 0n,
      },
    ];
  } finally {
    await pool.close();
    bench.close();
  }
}

/** Nanoseconds of process CPU per call. */
function cpuNs(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1000) / CALLS;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
