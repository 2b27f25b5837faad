import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Spread, spreadOf } from "../spread.js";
import type { Answer, Question, Slice } from "./contestant.js";

const PROCESS = fileURLToPath(new URL("./contestant-process.js", import.meta.url));

/** The first slice at least: the compiler works beside it, and may have to wait for a processor. */
const WARM_UP_MS = 100;

export interface ContestOptions {
  /** The module whose `create` makes the contestants. */
  readonly module: URL;
  readonly names: readonly string[];
  /** How often each contestant is started anew: a process may be lucky. */
  readonly processes: number;
  /** How many slices each process is measured for, all contestants in turn. */
  readonly rounds: number;
  readonly sliceMs: number;
}

/** What a contest found out. Slices of the same number were measured one after the other. */
export class ContestResult {
  readonly #slices: ReadonlyMap<string, readonly Slice[]>;
  readonly #facts: ReadonlyMap<string, Readonly<Record<string, number>>>;

  constructor(
    slices: ReadonlyMap<string, readonly Slice[]>,
    facts: ReadonlyMap<string, Readonly<Record<string, number>>>,
  ) {
    this.#slices = slices;
    this.#facts = facts;
  }

  /** Nanoseconds a call. */
  spread(name: string, figure: keyof Slice): Spread {
    return spreadOf(this.#slicesOf(name).map((slice) => slice[figure]));
  }

  /** How many times as long one contestant takes as another, round by round. */
  ratio(name: string, against: string, figure: keyof Slice): Spread {
    const others = this.#slicesOf(against);
    return spreadOf(this.#slicesOf(name).map((slice, round) => slice[figure] / others[round]![figure]));
  }

  fact(name: string, fact: string): number {
    return this.#facts.get(name)?.[fact] ?? Number.NaN;
  }

  #slicesOf(name: string): readonly Slice[] {
    const slices = this.#slices.get(name);
    if (slices === undefined) throw new Error(`Expected a contestant, got ${name}.`);
    return slices;
  }
}

/** Measures contestants in turns, each in a process of its own, so that whatever the machine does hits all of them. */
export async function contest(options: ContestOptions): Promise<ContestResult> {
  const { module, names, processes, rounds, sliceMs } = options;
  const slices = new Map<string, Slice[]>(names.map((name) => [name, []]));
  const facts = new Map<string, Readonly<Record<string, number>>>();
  for (let generation = 0; generation < processes; generation++) {
    const running = names.map((name) => ({ name, child: fork(PROCESS, [module.href, name]) }));
    try {
      await Promise.all(running.map(answerOf));
      for (const seat of running) await ask(seat, { kind: "measure", forMs: Math.max(sliceMs, WARM_UP_MS) });
      for (let round = 0; round < rounds; round++) {
        for (const seat of running)
          slices.get(seat.name)!.push(sliceOf(await ask(seat, { kind: "measure", forMs: sliceMs })));
      }
      if (generation > 0) continue;
      for (const seat of running) facts.set(seat.name, factsOf(await ask(seat, { kind: "facts" })));
    } finally {
      await Promise.all(running.map(stop));
    }
  }
  return new ContestResult(slices, facts);
}

interface Seat {
  readonly name: string;
  readonly child: ChildProcess;
}

async function ask(seat: Seat, question: Question): Promise<Answer> {
  seat.child.send(question);
  return answerOf(seat);
}

async function answerOf({ name, child }: Seat): Promise<Answer> {
  const ended = new AbortController();
  try {
    return await Promise.race([
      once(child, "message", { signal: ended.signal }).then(([answer]) => answer as Answer),
      once(child, "exit", { signal: ended.signal }).then(([code]) => {
        throw new Error(`Expected an answer of ${name}, got exit ${code}.`);
      }),
    ]);
  } finally {
    ended.abort();
  }
}

async function stop({ child }: Seat): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, "exit");
  if (child.connected) child.disconnect();
  await exited;
}

function sliceOf(answer: Answer): Slice {
  if (answer.kind !== "slice") throw new Error(`Expected a slice, got ${answer.kind}.`);
  return answer;
}

function factsOf(answer: Answer): Readonly<Record<string, number>> {
  if (answer.kind !== "facts") throw new Error(`Expected facts, got ${answer.kind}.`);
  return answer.facts;
}
