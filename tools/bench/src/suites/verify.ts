import { writeFileSync } from "node:fs";
import { Bench, COMMAND } from "../command.js";
import { spreadOf } from "../spread.js";
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
  try {
    const ids = interleaved();
    const [inTurn, ascending, lines] = ["interleaved", "ascending", "lines"].map(
      (name) => `${bench.memoryFile}.${name}`,
    ) as [string, string, string];
    writeFileSync(inTurn, ids);
    writeFileSync(ascending, ids.sort());
    bench.run(`${COMMAND} generate ${LINES} --shards 2 --lanes 16 --quiet > ${lines}`);
    const seconds = (command: string): number =>
      spreadOf(Array.from({ length: ROUNDS }, () => bench.time(`taskset -c 0 ${command} > /dev/null`).wall)).median;
    const startSeconds = seconds(`${COMMAND} verify /dev/null --quiet`);
    const rate = (file: string, format: string): number =>
      Number(bench.run(`stat -c %s ${file}`)) /
      1e9 /
      (seconds(`${COMMAND} verify ${file} --format ${format} --quiet`) - startSeconds);
    const peer = (command: string): string =>
      (Number(bench.run(`stat -c %s ${lines}`)) / 1e9 / seconds(command)).toFixed(2);
    const [own, ownInTurn, ownText] = [rate(ascending, "u64le"), rate(inTurn, "u64le"), rate(lines, "text")];
    const rows = [
      ["verify, u64le, ascending", own.toFixed(2)],
      ["verify, u64le, interleaved", ownInTurn.toFixed(2)],
      ["verify, text", ownText.toFixed(2)],
      ["`cat`, text", peer(`cat ${lines}`)],
      ["`sort -n -c`, text", peer(`sort -n -c ${lines}`)],
    ];
    bench.run(`rm -f ${inTurn} ${ascending} ${lines}`);
    return {
      about: ABOUT,
      measurements: [
        line("u64le, ascending runs", own, 1),
        line("u64le, machine IDs interleaved", ownInTurn, 0.7),
        line("text", ownText, 0.2),
      ],
      tables: [{ title: "GB/s on one core", head: ["", "GB/s"], rows }],
    };
  } finally {
    bench.close();
  }
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
