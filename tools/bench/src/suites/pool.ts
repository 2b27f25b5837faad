import { fileURLToPath } from "node:url";
import { Bench } from "../command.js";
import type { PoolFigures, PoolShape } from "../pools/pool-figures.js";
import { showSpread, spreadOf } from "../spread.js";
import type { Measurement, Outcome, Table } from "../suite.js";

const PROCESS = fileURLToPath(new URL("../pools/pool-process.js", import.meta.url));
const ROUNDS = 3;
const FOR_MS = 2000;
const SPINNING_FOR_MS = 1000;
const IDS_PER_MS = 4096;
const MACHINE_IDS = [1, 2, 4, 8, 16, 32, 64] as const;
const MOST_BOUND_MACHINE_IDS = 32;
const LEAST_SHARE = 0.995;
const WIDEST: PoolShape = { shards: 2, lanes: 64 };
const LEAST_SHARE_WIDEST = 0.97;
const MOST_LAG_MS = 100;

const ABOUT = `Machine IDs as shards (a thread each) and as lanes (of one thread), layout 41/5/5/12, each measurement in a process of its own,
all of them in turns. A batch of ${FOR_MS} ticks: start-up and a batch before it, of which every ID is looked at, are left out. The
calling thread copies all IDs, in ascending order, into a buffer of 8 MB. The share is that of the ceiling in the ticks from
the first ID to the last; the lag is how long after the start of its tick the last ID arrived, and who cannot keep up falls
behind for a second before ticks are lost, so a bound wants a lag of at most ${MOST_LAG_MS} ms, too. The rate is that from the request
to the last ID, cores are the processor time of the whole process. Against it the usual way: a thread for every machine ID,
which writes IDs into memory of its own, in no common order, and asks for the time until the next millisecond begins.`;

type Way = "waitFree" | "spinning";

/** Many machine IDs at the ceiling, against threads that spin until the next millisecond. */
export async function pool(): Promise<Outcome> {
  const asShards = MACHINE_IDS.map((shards) => ({ shards, lanes: 1 }));
  const asLanes = MACHINE_IDS.map((lanes) => ({ shards: 1, lanes }));
  const rounds = new Map<string, PoolFigures[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const shape of [...asShards, ...asLanes.slice(1), WIDEST]) add(rounds, "waitFree", shape);
    for (const shape of asShards) add(rounds, "spinning", shape);
  }
  const of = (shape: PoolShape, way: Way = "waitFree"): readonly PoolFigures[] => rounds.get(nameOf(way, shape))!;
  return {
    about: ABOUT,
    measurements: [
      bounded("as shards", asShards, of),
      bounded("as lanes of one shard", asLanes, of),
      share(
        `2 × 64 machine IDs, ${(perSecond(of(WIDEST)) / 1e6).toFixed(0)} M IDs/s into a buffer`,
        of(WIDEST),
        LEAST_SHARE_WIDEST,
      ),
    ],
    tables: [
      table("Wait-free, as shards and as lanes", [...asShards, ...asLanes.slice(1), WIDEST], of),
      table("A thread for each machine ID that spins until the next millisecond", asShards, (shape) =>
        of(shape, "spinning"),
      ),
      against(asShards, of),
    ],
  };
}

function add(rounds: Map<string, PoolFigures[]>, way: Way, shape: PoolShape): void {
  const bench = new Bench();
  try {
    const line = `"${process.execPath}" "${PROCESS}" ${way} ${shape.shards} ${shape.lanes} ${way === "waitFree" ? FOR_MS : SPINNING_FOR_MS}`;
    const name = nameOf(way, shape);
    rounds.set(name, [...(rounds.get(name) ?? []), JSON.parse(bench.run(line)) as PoolFigures]);
  } finally {
    bench.close();
  }
}

function nameOf(way: Way, { shards, lanes }: PoolShape): string {
  return `${way} ${shards} × ${lanes}`;
}

/** The lowest share among those shapes that have a bound. */
function bounded(
  how: string,
  shapes: readonly PoolShape[],
  of: (shape: PoolShape) => readonly PoolFigures[],
): Measurement {
  const [lowest] = shapes
    .filter(({ shards, lanes }) => shards * lanes <= MOST_BOUND_MACHINE_IDS)
    .map((shape) => ({ shape, figures: of(shape) }))
    .sort((a, b) => middle(a.figures, "share") - middle(b.figures, "share"));
  const { shards, lanes } = lowest!.shape;
  const what = `1 to ${MOST_BOUND_MACHINE_IDS} machine IDs ${how}, the lowest share: ${shards} × ${lanes}`;
  return share(what, lowest!.figures, LEAST_SHARE);
}

function share(what: string, figures: readonly PoolFigures[], least: number): Measurement {
  const value = middle(figures, "share");
  const percents = spreadOf(figures.map((round) => round.share * 100));
  const lagMs = middle(figures, "lagMs");
  const isHonest = figures.every((round) => round.outOfOrder === 0 && round.lagMs >= 0);
  return {
    what,
    figure: `${showSpread(percents)} %, lag ${lagMs.toFixed(0)} ms, ${isHonest ? "ascending, none from the future" : "**not ascending, or from the future**"}`,
    value,
    bound: `≥ ${least * 100} % of the ceiling`,
    holds: value >= least && lagMs <= MOST_LAG_MS && isHonest,
  };
}

function table(title: string, shapes: readonly PoolShape[], of: (shape: PoolShape) => readonly PoolFigures[]): Table {
  return {
    title,
    head: ["shards × lanes", "ceiling, IDs/ms", "M IDs/s", "share of the ceiling, %", "lag, ms", "cores", "memory, MB"],
    rows: shapes.map((shape) => [
      `${shape.shards} × ${shape.lanes}`,
      (shape.shards * shape.lanes * IDS_PER_MS).toString(),
      (perSecond(of(shape)) / 1e6).toFixed(1),
      showSpread(spreadOf(of(shape).map((round) => round.share * 100))),
      middle(of(shape), "lagMs").toFixed(0),
      showSpread(spreadOf(of(shape).map((round) => round.cores))),
      middle(of(shape), "megabytes").toFixed(0),
    ]),
  };
}

/** Round by round: what came out of both ways, and what an ID cost. */
function against(shapes: readonly PoolShape[], of: (shape: PoolShape, way?: Way) => readonly PoolFigures[]): Table {
  const cost = ({ cores, idsPerSecond }: PoolFigures): number => cores / idsPerSecond;
  return {
    title: "Wait-free against spinning",
    head: ["machine IDs", "× the IDs", "× the processor time of an ID"],
    rows: shapes.map((shape) => {
      const spinning = of(shape, "spinning");
      const ratio = (figure: (round: PoolFigures) => number): string =>
        showSpread(spreadOf(of(shape).map((round, index) => figure(round) / figure(spinning[index]!))));
      return [shape.shards.toString(), ratio(({ idsPerSecond }) => idsPerSecond), ratio(cost)];
    }),
  };
}

function perSecond(figures: readonly PoolFigures[]): number {
  return middle(figures, "idsPerSecond");
}

function middle(figures: readonly PoolFigures[], figure: keyof PoolFigures): number {
  return spreadOf(figures.map((round) => round[figure])).median;
}
