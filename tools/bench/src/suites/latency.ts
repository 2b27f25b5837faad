import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { PERCENTILES } from "../open-loop/load.js";
import { beside, type Neighbours } from "../open-loop/neighbours.js";
import type { Call, LoadAnswer, LoadQuestion } from "../open-loop/question.js";
import { spreadOf } from "../spread.js";
import { type Outcome, REPORTED, type Table } from "../suite.js";

const PROCESS = fileURLToPath(new URL("../open-loop/load-process.js", import.meta.url));
const CALLS: readonly Call[] = ["Date.now", "next"];
const BOUND_RATE = 100_000;
const LOADS = [
  { rate: 10_000, rounds: 3 },
  { rate: BOUND_RATE, rounds: 9 },
  { rate: 1_000_000, rounds: 3 },
] as const;
/** Beside processes that want the same thing. */
const NOISY: readonly { readonly neighbours: Neighbours; readonly rates: readonly number[] }[] = [
  { neighbours: "compute", rates: [10_000, BOUND_RATE, 1_000_000] },
  { neighbours: "copy memory", rates: [BOUND_RATE] },
  { neighbours: "write a megabyte and flush it", rates: [BOUND_RATE] },
];
const WARM_UP_MS = 1000;
/** Together with the warm-up longer than two windows are apart, so that they are renewed in every round. */
const FOR_MS = 2500;
const MOST_MS = 1;
/** Who waits longer for a core in a round shared the machine. Without neighbours it is 0.2 to 0.8 ms. */
const IDLE_MS = 2;

const ABOUT = `An open loop: calls are due at fixed times, whether or not the one before is done, and latency counts from when a call was
due, so that a stall is felt by everybody who waits behind it. One thread, \`claim()\` with its keeper and an embedded store,
windows renewed every 2 s meanwhile; in turns with a bare \`Date.now()\` under the same load, which shows what the machine and
the loop cost. Every round is ${FOR_MS / 1000} s in a process of its own, after ${WARM_UP_MS / 1000} s of the same load that is not counted: while V8
compiles the loop and what it calls, calls are up to 3 ms late. "Waited" is how long the thread was ready and another
process had its core, as the kernel tells; a round in which that was more than ${IDLE_MS} ms had no idle machine, and is
counted only where none had. Figures are medians of the rounds. At 1 M/s the 12-bit sequence is a quarter used.`;

/** Tail latency of `next()` under an open-loop load. */
export async function latency(): Promise<Outcome> {
  const results = LOADS.map(({ rate, rounds }) => ({ rate, answers: measure(rate, rounds) }));
  const noisy: Table[] = [];
  for (const { neighbours, rates } of NOISY) {
    noisy.push({
      title: `Milliseconds beside ${availableParallelism()} processes, one a core, that ${neighbours}`,
      head: HEAD,
      rows: await beside(neighbours, () => rates.flatMap((rate) => rowsOf(rate, measure(rate, 1)))),
    });
  }
  return {
    about: ABOUT,
    measurements: results.map(({ rate, answers }) => {
      const [bareMs, ownMs] = CALLS.map((call) => tailMs(idleOf(answers[call]))) as [number, number];
      const isBound = rate === BOUND_RATE;
      return {
        what: `next() at ${rate / 1000} k/s`,
        figure: `p99.99 ${ownMs.toFixed(3)} ms, Date.now() ${bareMs.toFixed(3)} ms`,
        value: ownMs,
        bound: isBound ? `≤ ${MOST_MS} ms` : REPORTED,
        holds: !isBound || ownMs <= MOST_MS,
      };
    }),
    tables: [
      { title: "Milliseconds", head: HEAD, rows: results.flatMap(({ rate, answers }) => rowsOf(rate, answers)) },
      ...noisy,
    ],
  };
}

type Answers = Readonly<Record<Call, readonly LoadAnswer[]>>;

/** The calls in turns. */
function measure(rate: number, rounds: number): Answers {
  const answers: Record<Call, LoadAnswer[]> = { "Date.now": [], next: [] };
  for (let round = 0; round < rounds; round++) {
    for (const call of CALLS) {
      const question: LoadQuestion = { call, rate, warmUpMs: WARM_UP_MS, forMs: FOR_MS };
      const answer = execFileSync(process.execPath, [PROCESS, JSON.stringify(question)], { encoding: "utf8" });
      answers[call].push(JSON.parse(answer) as LoadAnswer);
    }
  }
  return answers;
}

/** The rounds in which nobody else wanted the core; all of them where there is none. */
function idleOf(answers: readonly LoadAnswer[]): readonly LoadAnswer[] {
  const idle = answers.filter(({ waitedMs }) => !(waitedMs > IDLE_MS));
  return idle.length > 0 ? idle : answers;
}

function tailMs(answers: readonly LoadAnswer[]): number {
  return spreadOf(answers.map(({ percentilesMs }) => percentilesMs.at(-1)!)).median;
}

const HEAD = [
  "load",
  "call",
  ...PERCENTILES.map((percentile) => `p${percentile}`),
  "longest",
  "rounds",
  "p99.99 of all rounds",
  "waited in all rounds",
];

function rowsOf(rate: number, answers: Answers): string[][] {
  return CALLS.map((call) => {
    const all = answers[call];
    const idle = idleOf(all);
    const percentiles = PERCENTILES.map(
      (_, index) => spreadOf(idle.map(({ percentilesMs }) => percentilesMs[index]!)).median,
    );
    return [
      `${rate / 1000} k/s`,
      call === "next" ? "`next()`" : "`Date.now()`",
      ...percentiles.map((ms) => ms.toFixed(4)),
      Math.max(...idle.map(({ longestMs }) => longestMs)).toFixed(2),
      `${idle.length} of ${all.length}`,
      range(all.map(({ percentilesMs }) => percentilesMs.at(-1)!)),
      range(all.map(({ waitedMs }) => waitedMs)),
    ];
  });
}

function range(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;
}
