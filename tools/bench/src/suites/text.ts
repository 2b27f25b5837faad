import { readFileSync } from "node:fs";
import { join } from "node:path";
import { presets } from "@shardflake/core";
import { Bench, COMMAND } from "../command.js";
import { showSpread } from "../spread.js";
import { type Outcome, REPORTED } from "../suite.js";
import { inTurns } from "../turns.js";

const ROUNDS = 7;
const IDS = 1e8;
const ONE_CORE_IDS = 1e9;
const LEAST_ONE_CORE = 1.5;
const LONG_SEQUENCE = '{"timestampBits":41,"datacenterBits":0,"machineBits":0,"sequenceBits":22}';
const FORMATS = ["text", "ndjson", "csv", "base32", "u64le"] as const;
const CEILING_PER_SECOND = 32 * 4096 * 1000;
/** An ID of this moment in both layouts, so that the numbers have as many digits. */
const FIRST_NUMBER: bigint = BigInt(Date.now() - presets.shardflake.epochMs) << 22n;

const ABOUT = `IDs as decimal lines against GNU \`seq\` printing as many numbers from an ID of the same moment on, wall time, in turns. On both cores
\`generate\` has 2 × 16 machine IDs, so its ceiling of 131 M IDs/s is part of its time, and so is its start. On one core the
sequence has 22 bits, which has no ceiling to speak of, and the start is left out (\`--stats\`); 10^9 lines.`;

/** Text against `seq`, to nowhere, into a pipe, and on one core. */
export async function text(): Promise<Outcome> {
  const bench = new Bench();
  try {
    const line = (format: string, to: string): string =>
      `${COMMAND} generate ${IDS} --shards 2 --lanes 16 --format ${format} --quiet ${to}`;
    const seq = (count: number): string => `seq ${FIRST_NUMBER} ${FIRST_NUMBER + BigInt(count - 1)}`;
    const wall =
      (command: string): (() => number) =>
      () =>
        bench.time(command).wall;
    const nowhere = inTurns(ROUNDS, wall(line("text", "> /dev/null")), wall(`${seq(IDS)} > /dev/null`));
    const pipe = inTurns(1, wall(line("text", "| cat > /dev/null")), wall(`${seq(IDS)} | cat > /dev/null`));
    const oneCore = inTurns(
      2,
      () => {
        const options = `--shards 1 --layout '${LONG_SEQUENCE}' --format text --quiet --stats stats`;
        bench.run(`taskset -c 0 ${COMMAND} generate ${ONE_CORE_IDS} ${options} > /dev/null`);
        return (JSON.parse(readFileSync(join(bench.directory, "stats"), "utf8")) as { seconds: number }).seconds;
      },
      wall(`taskset -c 0 ${seq(ONE_CORE_IDS)} > /dev/null`),
    );
    const times = 1 / oneCore.ratio.median;
    return {
      about: ABOUT,
      measurements: [
        {
          what: "10^8 lines on two cores, time against seq",
          figure: `${showSpread(nowhere.ratio)} × (${nowhere.own.median.toFixed(2)} s against ${nowhere.other.median.toFixed(2)})`,
          value: nowhere.ratio.median,
          bound: "< 1 ×",
          holds: nowhere.ratio.median < 1,
        },
        {
          what: "the same into a pipe",
          figure: `${showSpread(pipe.ratio)} × (${pipe.own.median.toFixed(2)} s against ${pipe.other.median.toFixed(2)})`,
          value: pipe.ratio.median,
          bound: REPORTED,
          holds: true,
        },
        {
          what: "one core, 22-bit sequence, speed against seq",
          figure: `${times.toFixed(2)} × (${(ONE_CORE_IDS / oneCore.own.median / 1e6).toFixed(0)} M lines/s against ${(ONE_CORE_IDS / oneCore.other.median / 1e6).toFixed(0)})`,
          value: times,
          bound: `≥ ${LEAST_ONE_CORE} ×`,
          holds: times >= LEAST_ONE_CORE,
        },
      ],
      tables: [
        {
          title: `10^8 IDs of 2 × 16 machine IDs, for which the ceiling alone takes ${(IDS / CEILING_PER_SECOND).toFixed(2)} s`,
          head: ["format", "to /dev/null, s", "CPU, s", "into a pipe, s", "CPU with its reader, s"],
          rows: [
            ...FORMATS.map((format) => [format, (to: string) => line(format, to)] as const),
            ["`seq`, text", (to: string) => `${seq(IDS)} ${to}`] as const,
          ].map(([name, command]) => {
            const [nowhere, pipe] = [bench.time(command("> /dev/null")), bench.time(command("| cat > /dev/null"))];
            return [name, ...[nowhere.wall, nowhere.cpu, pipe.wall, pipe.cpu].map((seconds) => seconds.toFixed(2))];
          }),
        },
      ],
    };
  } finally {
    bench.close();
  }
}
