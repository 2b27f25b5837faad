import { setTimeout as sleep } from "node:timers/promises";
import { decompose } from "@shardflake/core";
import { createPool, embeddedStore } from "@shardflake/pool";
import { Bench } from "../command.js";
import { showSpread, spreadOf } from "../spread.js";
import { type Outcome, REPORTED } from "../suite.js";

const WINDOWS_MS = [3000, 6000, 15_000] as const;
/** Long enough for every phase between two renewals, of which there are three a window. */
const WINDOWS_WATCHED = 2;
const ASKS_PER_WINDOW = 60;
/** A floor stays this far behind the clock, so that a newcomer whose clock is a little behind need not wait. */
const MARGIN_MS = 10_000;
/** A renewal goes through the store, so its turn comes a little later than a third of the window after the last. */
const TOLERANCE_MS = 250;

/** How far the horizon is behind, and what it costs to ask. */
export async function horizon(): Promise<Outcome> {
  const watched = await Promise.all(WINDOWS_MS.map(watch));
  return {
    about: `\`pool.horizon()\` of a pool of two shards on an embedded store, asked ${ASKS_PER_WINDOW} times a window for
${WINDOWS_WATCHED} windows while one more machine ID issues an ID after every answer. The lag is that of the answer's time behind the
clock: ${MARGIN_MS / 1000} s that every floor stays behind, and what has passed since the last renewal, of which there are three a window.`,
    measurements: watched.flatMap(({ windowMs, lagsMs, tookMs, below }) => {
      const mostMs = MARGIN_MS + windowMs / 3 + TOLERANCE_MS;
      const longestMs = Math.max(...lagsMs);
      return [
        {
          what: `lag with windows of ${windowMs / 1000} s`,
          figure: `${showSpread(spreadOf(lagsMs.map((ms) => ms / 1000)))} s, longest ${(longestMs / 1000).toFixed(2)} s, ${below} later IDs below it`,
          value: longestMs,
          bound: `≤ ${(mostMs / 1000).toFixed(2)} s, none below`,
          holds: longestMs <= mostMs && below === 0,
        },
        {
          what: `asking, with windows of ${windowMs / 1000} s`,
          figure: `${showSpread(spreadOf(tookMs))} ms`,
          value: spreadOf(tookMs).median,
          bound: REPORTED,
          holds: true,
        },
      ];
    }),
    tables: [],
  };
}

interface Watched {
  readonly windowMs: number;
  readonly lagsMs: readonly number[];
  readonly tookMs: readonly number[];
  /** IDs that were issued after an answer and lie below it. */
  readonly below: number;
}

async function watch(windowMs: number): Promise<Watched> {
  const bench = new Bench();
  const pool = await createPool({ shards: 2, windowMs, store: embeddedStore(bench.directory) });
  try {
    const generator = await pool.claim();
    const lagsMs: number[] = [];
    const tookMs: number[] = [];
    let below = 0;
    // Renewed once before, so that nothing is seen of the start.
    await sleep(windowMs / 2);
    for (let ask = 0; ask < ASKS_PER_WINDOW * WINDOWS_WATCHED; ask++) {
      const startMs = performance.now();
      const answer = await pool.horizon();
      tookMs.push(performance.now() - startMs);
      lagsMs.push(Date.now() - decompose(pool.layout, answer).timestampMs);
      if (generator.next() < answer) below++;
      await sleep(windowMs / ASKS_PER_WINDOW);
    }
    return { windowMs, lagsMs, tookMs, below };
  } finally {
    await pool.close();
    bench.close();
  }
}
