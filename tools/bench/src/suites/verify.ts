import { statSync, writeFileSync } from "node:fs";
import { Bench, COMMAND } from "../command.js";
import { showSpread, spreadOf } from "../spread.js";
import type { Measurement, Outcome } from "../suite.js";

const ROUNDS = 3;
const IDS = 4e7;
const LINES = 2e7;
const MACHINE_IDS = 32n;
const FIRST_TICK: bigint = 200_000_000_000n;

const ABOUT = `\`verify\` of ${IDS / 1e6} M IDs (${LINES / 1e6} M lines of text) in a file in memory, one core (\`taskset\`), its start (the same on an empty file) left out. Interleaved:
${MACHINE_IDS} machine IDs take turns, one ID each. \`sort\` and \`cat\` read the same text on the same core.`;

/** The auditor against `sort` and `cat`. */
export async function verify(): Promise<Outcome> {
  const bench = new Bench();
  const [inTurn, ascending, lines] = ["interleaved", "ascending", "lines"].map(
    (name) => `${bench.memoryFile}.${name}`,
  ) as [string, string, string];
  try {
    const ids = interleaved();
    writeFileSync(inTurn, ids);
    writeFileSync(ascending, ids.sort());
    bench.run(`${COMMAND} generate ${LINES} --shards 2 --lanes 16 --quiet > ${lines}`);
    const audit = (file: string, format: string): string => `${COMMAND} verify ${file} --format ${format} --quiet`;
    const commands: readonly Command[] = [
      { name: "verify, u64le, ascending", file: ascending, line: audit(ascending, "u64le"), isOwn: true },
      { name: "verify, u64le, interleaved", file: inTurn, line: audit(inTurn, "u64le"), isOwn: true },
      { name: "verify, text", file: lines, line: audit(lines, "text"), isOwn: true },
      { name: "`cat`, text", file: lines, line: `cat ${lines}`, isOwn: false },
      { name: "`sort -n -c`, text", file: lines, line: `sort -n -c ${lines}`, isOwn: false },
      { name: "`sort -u | wc -l`, text", file: lines, line: `bash -c "sort -u ${lines} | wc -l"`, isOwn: false },
    ];
    const rates = measure(bench, commands);
    const text = rates.get("verify, text")!;
    const rate = (name: string): number => spreadOf(rates.get(name)!).median;
    return {
      about: ABOUT,
      measurements: [
        line("u64le, ascending runs", rate("verify, u64le, ascending"), 1),
        line("u64le, machine IDs interleaved", rate("verify, u64le, interleaved"), 0.7),
        line("text", rate("verify, text"), 0.2),
      ],
      tables: [
        {
          title: "GB/s on one core",
          head: ["", "GB/s", "× the speed of verify, text"],
          rows: commands.map(({ name }) => [
            name,
            showSpread(spreadOf(rates.get(name)!)),
            showSpread(spreadOf(rates.get(name)!.map((each, round) => each / text[round]!))),
          ]),
        },
      ],
    };
  } finally {
    bench.run(`rm -f ${inTurn} ${ascending} ${lines}`);
    bench.close();
  }
}

interface Command {
  readonly name: string;
  readonly file: string;
  readonly line: string;
  /** Ours start Node first, which is left out. */
  readonly isOwn: boolean;
}

/** GB/s of every command, round by round, all of them in turns. */
function measure(bench: Bench, commands: readonly Command[]): ReadonlyMap<string, readonly number[]> {
  const rates = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  const seconds = (command: string): number => bench.time(`taskset -c 0 ${command} > /dev/null`).wall;
  for (let round = 0; round < ROUNDS; round++) {
    const startSeconds = seconds(`${COMMAND} verify /dev/null --quiet`);
    for (const { name, file, line, isOwn } of commands) {
      const gigabytes = statSync(file).size / 1e9;
      rates.get(name)!.push(gigabytes / (seconds(line) - (isOwn ? startSeconds : 0)));
    }
  }
  return rates;
}

function line(what: string, rate: number, least: number): Measurement {
  return { what, figure: `${rate.toFixed(2)} GB/s`, value: rate, bound: `≥ ${least} GB/s`, holds: rate >= least };
}

/** Full ticks of all machine IDs, one ID of each in turn. */
function interleaved(): BigUint64Array {
  const ids = new BigUint64Array(IDS);
  let at = 0;
  for (let tick = FIRST_TICK; at < IDS; tick++) {
    for (let sequence = 0n; sequence < 4096n && at < IDS; sequence++) {
      const first = (tick << 22n) | sequence;
      for (let machine = 0n; machine < MACHINE_IDS && at < IDS; machine++) ids[at++] = first | (machine << 12n);
    }
  }
  return ids;
}
