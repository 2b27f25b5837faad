import type { Generator } from "@shardflake/core";
import { createPool, embeddedStore } from "@shardflake/pool";
import { Bench } from "../command.js";
import { type Contestant, plainContestant } from "../contest/contestant.js";
import { OTHERS } from "../peers/others.js";
import { quickenClock } from "../peers/quick-clock.js";
import { SNOWFLAKE_EPOCH_MS, SNOWFLAKES, type SnowflakePeer } from "../peers/snowflakes.js";

const CALLS = 1000;
const EXAMINED = 300_000;

/** What stands behind the name of a contestant whose ceiling is out of the way. */
export const UNBOUNDED = ", no ceiling";
export const OURS = "shardflake";
export const BARE_CLOCK = "Date.now()";

/** `next()` of ours and of peers: at the name alone on the real clock, with {@link UNBOUNDED} without a ceiling. */
export async function create(name: string): Promise<Contestant> {
  const isUnbounded = name.endsWith(UNBOUNDED);
  const bare = isUnbounded ? name.slice(0, -UNBOUNDED.length) : name;
  if (bare === OURS) return ours(isUnbounded ? 22 : 12);
  if (bare === BARE_CLOCK) return clock(isUnbounded);
  const other = OTHERS[bare];
  if (other !== undefined) return plainContestant(CALLS, calling(other()));
  const peer = SNOWFLAKES.find((candidate) => candidate.name === bare);
  if (peer === undefined) throw new Error(`Expected a generator, got ${name}.`);
  const next = isUnbounded ? peer.createUnbounded() : peer.create();
  return { ...plainContestant(CALLS, calling(next)), facts: () => factsOf(() => peer.toBigInt(next()), peer) };
}

/** As in a program of one's own: a claimed generator, its window renewed by a keeper, an embedded store. */
async function ours(sequenceBits: number): Promise<Contestant> {
  const directory = new Bench();
  const layout = { timestampBits: 41, datacenterBits: 0, machineBits: 22 - sequenceBits, sequenceBits };
  const pool = await createPool({ shards: 0, store: embeddedStore(directory.directory), layout });
  const generator: Generator = await pool.claim();
  let ids = 0n;
  return {
    calls: CALLS,
    run() {
      for (let call = 0; call < CALLS; call++) ids ^= generator.next();
    },
    facts: () => factsOf(() => generator.next(), { sequenceBits, machineBits: 22 - sequenceBits }),
    async close() {
      if (ids < 0n) throw new Error("an ID had its sign bit set");
      await pool.close();
      directory.close();
    },
  };
}

function clock(isQuick: boolean): Contestant {
  if (isQuick) quickenClock();
  let sum = 0;
  return plainContestant(CALLS, () => {
    for (let call = 0; call < CALLS; call++) sum += Date.now();
    if (sum === 0) throw new Error("the clock stood still at 0");
  });
}

function calling(next: () => unknown): () => void {
  let last: unknown;
  return () => {
    for (let call = 0; call < CALLS; call++) last = next();
    if (last === undefined) throw new Error("no ID came");
  };
}

/** Whether it kept to its ceiling honestly: how many IDs came twice, and how far ahead of the clock the last ones were. */
function factsOf(
  next: () => bigint,
  { sequenceBits, machineBits }: Pick<SnowflakePeer, "sequenceBits" | "machineBits">,
): Readonly<Record<string, number>> {
  const seen = new Set<bigint>();
  let aheadMs = 0;
  for (let issued = 0; issued < EXAMINED; issued++) {
    const id = next();
    seen.add(id);
    if (issued % CALLS > 0) continue;
    aheadMs = Math.max(aheadMs, SNOWFLAKE_EPOCH_MS + Number(id >> BigInt(sequenceBits + machineBits)) - Date.now());
  }
  return { duplicates: EXAMINED - seen.size, aheadMs };
}
