import { Bench, COMMAND } from "../command.js";
import { contest } from "../contest/contest.js";
import { inTurns } from "../turns.js";

const CONTESTANTS = new URL("../contestants/guarded.js", import.meta.url);
const START_ROUNDS = 5;

/** Measures once: the time of ours by that of its yardstick. */
export type Probe = () => Promise<number>;

/** What the guard watches. Both sides of a ratio do the same kind of work, so that it is much the same on any machine. */
export const PROBES: Readonly<Record<string, Probe>> = {
  ...Object.fromEntries(
    [
      ["next()", "a naive generator"],
      ["fill(view)", "BigUint64Array.fill"],
      ["the text encoder", "a loop that writes lines"],
      ["verify, ascending", "a loop that compares halves"],
      ["verify, interleaved", "a loop that compares halves"],
      ["verify, text", "a loop that reads lines"],
      ["base32, there and back", "BigInt text, there and back"],
    ].map(([own, yardstick]) => [`${own} / ${yardstick}`, duel(own!, yardstick!)]),
  ),
  "shardflake generate 1 / node -e 0": start,
};

function duel(own: string, yardstick: string): Probe {
  return async () => {
    const options = { module: CONTESTANTS, names: [own, yardstick], processes: 2, rounds: 7, sliceMs: 15 };
    return (await contest(options)).ratio(own, yardstick, "medianNs").median;
  };
}

/** Processor time: on a busy machine a process waits for its turn, and longer ones wait more often. */
async function start(): Promise<number> {
  const bench = new Bench();
  try {
    const cpuOf = (line: string) => (): number => bench.time(`${line} > /dev/null`).cpu;
    return inTurns(START_ROUNDS, cpuOf(`${COMMAND} generate 1`), cpuOf(`"${process.execPath}" -e 0`)).ratio.median;
  } finally {
    bench.close();
  }
}
