import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Bench, COMMAND, READER } from "../command.js";
import type { Measurement, Outcome } from "../suite.js";

const SEQUENCES = 4096;
const EPOCH_MS = Date.UTC(2020, 0, 1);
const LEAST_UTILISATION = 0.99;
/** Length of the runs, in ticks of 1 ms. */
const RUN_TICKS = 4000;
const LONGER_TICKS = 4000;

const ABOUT = `Shards × lanes at the ceiling of the layout 41/5/5/12, written to memory and read afterwards by a program that knows nothing
but the layout. CPU is that of the command and its children, the start apart: the difference of two runs.`;

/** Shards × lanes. */
const CONFIGURATIONS = [
  [1, 1],
  [2, 1],
  [2, 4],
  [2, 16],
  [32, 1],
] as const;

/** The whole ceiling of the layout, seen by an outside reader; CPU measured from outside, start-up apart. */
export async function ceiling(): Promise<Outcome> {
  const bench = new Bench();
  try {
    const measurements = CONFIGURATIONS.flatMap(([shards, lanes]) => measure(bench, shards, lanes));
    return { about: ABOUT, measurements, tables: [] };
  } finally {
    bench.close();
  }
}

function measure(bench: Bench, shards: number, lanes: number): Measurement[] {
  const machineIds = shards * lanes;
  const generate = (ticks: number): string =>
    `${COMMAND} generate ${ticks * machineIds * SEQUENCES} --shards ${shards} --lanes ${lanes} --format u64le --quiet`;
  // A pipe of 64 kB carries no more than the ceiling of 32 machine IDs here, and a reader beside 32 threads takes a core,
  // so the output goes to memory that is there already, opened without truncation, and is read from outside afterwards.
  const bytes = RUN_TICKS * machineIds * SEQUENCES * 8;
  bench.run(`head -c ${bytes} /dev/zero > ${bench.memoryFile}`);
  const startMs = Date.now();
  bench.run(`${generate(RUN_TICKS)} --stats stats 1<> ${bench.memoryFile}`);
  const seen = JSON.parse(bench.run(`${READER} < ${bench.memoryFile}`)) as {
    count: number;
    outOfOrder: number;
    firstTick: number;
    lastTick: number;
  };
  const { utilisation: own } = JSON.parse(readFileSync(join(bench.directory, "stats"), "utf8")) as {
    utilisation: number;
  };
  const utilisation = seen.count / ((seen.lastTick - seen.firstTick + 1) * machineIds * SEQUENCES);
  // What start-up costs is the same in both runs, so the difference is what the extra ticks cost.
  const short = bench.time(`${generate(RUN_TICKS)} > /dev/null`);
  const long = bench.time(`${generate(RUN_TICKS + LONGER_TICKS)} > /dev/null`);
  const cores = (long.cpu - short.cpu) / (long.wall - short.wall);
  const mostCores = 0.2 + 0.03 * machineIds;
  const name = `${shards} × ${lanes}`;
  return [
    {
      what: `${name}: share of the ceiling, outside reader`,
      figure: `${(utilisation * 100).toFixed(2)} % of ${machineIds * SEQUENCES} IDs/ms (own figure ${(own * 100).toFixed(2)} %)`,
      value: utilisation,
      bound: "≥ 99 %",
      holds: utilisation >= LEAST_UTILISATION && utilisation <= 1,
    },
    {
      what: `${name}: order, first tick after the request`,
      figure: `${seen.outOfOrder} out of order, ${EPOCH_MS + seen.firstTick - startMs} ms after the start`,
      value: seen.outOfOrder,
      bound: "0, ≥ 0 ms",
      holds: seen.outOfOrder === 0 && EPOCH_MS + seen.firstTick >= startMs,
    },
    {
      what: `${name}: CPU after start-up`,
      figure: `${cores.toFixed(3)} cores`,
      value: cores,
      bound: `≤ ${mostCores.toFixed(2)}`,
      holds: cores <= mostCores,
    },
  ];
}
