import { Bench, COMMAND } from "../command.js";
import { showSpread } from "../spread.js";
import type { Outcome } from "../suite.js";
import { inTurns } from "../turns.js";

const ROUNDS = 15;
const MOST_RATIO = 2.5;
const IDLE_MS = 500;
const MOST_MB = 80;
const MOST_MB_A_SHARD = 12;

const POOLS = [
  [1, 1],
  [2, 16],
  [8, 1],
] as const;

const ABOUT = `Wall time of the whole command against \`node -e 0\`, in turns. A pool is created in a process of its own, issues its first
ID, and is left alone for half a second; then its resident memory is read.`;

/** Cold start of the command, and of a pool until its first ID; memory of an idle pool. */
export async function start(): Promise<Outcome> {
  const bench = new Bench();
  try {
    const generate = (): number => bench.time(`${COMMAND} generate 1 > /dev/null`).wall;
    generate();
    const node = (): number => bench.time(`"${process.execPath}" -e 0`).wall;
    const { own, other, ratio } = inTurns(ROUNDS, generate, node);
    const pools = POOLS.map(([shards, lanes]) => ({ shards, lanes, ...poolIn(bench, shards, lanes) }));
    return {
      about: ABOUT,
      measurements: [
        {
          what: "shardflake generate 1, against node -e 0",
          figure: `${showSpread(ratio)} × (${(own.median * 1000).toFixed(0)} ms against ${(other.median * 1000).toFixed(0)})`,
          value: ratio.median,
          bound: `≤ ${MOST_RATIO} ×`,
          holds: ratio.median <= MOST_RATIO,
        },
        ...pools.map(({ shards, lanes, megabytes, firstIdMs }) => {
          const most = MOST_MB + MOST_MB_A_SHARD * shards;
          return {
            what: `idle pool of ${shards} × ${lanes}`,
            figure: `${megabytes.toFixed(0)} MB; its first ID came after ${firstIdMs.toFixed(0)} ms`,
            value: megabytes,
            bound: `≤ ${most} MB`,
            holds: megabytes <= most,
          };
        }),
      ],
      tables: [],
    };
  } finally {
    bench.close();
  }
}

/** Creates a pool in a process of its own. */
function poolIn(
  bench: Bench,
  shards: number,
  lanes: number,
): { readonly megabytes: number; readonly firstIdMs: number } {
  const script = `
    const { createPool } = await import("${import.meta.resolve("@shardflake/pool")}");
    const startMs = performance.now();
    const pool = await createPool({ shards: ${shards}, lanes: ${lanes} });
    await pool.next();
    const firstIdMs = performance.now() - startMs;
    await new Promise((resolve) => setTimeout(resolve, ${IDLE_MS}));
    console.log(JSON.stringify({ megabytes: process.memoryUsage.rss() / 1e6, firstIdMs }));
    await pool.close();`;
  return JSON.parse(bench.run(`"${process.execPath}" --input-type=module -e '${script}'`)) as ReturnType<typeof poolIn>;
}
