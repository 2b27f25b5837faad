import type { StoredRegister } from "@shardflake/pool/protocol";
import { type Fingerprint, fingerprint } from "./fingerprint.js";
import type { Process } from "./process.js";
import { WINDOW_MS } from "./scale.js";

/** A part of a world, the same object for the same content. */
export interface Known<T> {
  readonly value: T;
  /** The same for parts that differ in nothing but random names. */
  readonly shape: number;
  readonly names: readonly number[];
}

/**
 * Keeps every part of every world once. A small world has millions of states and only thousands of states of each
 * process, so what a process does next is worked out once for each of them.
 */
export class Registry {
  private readonly shapes = new Map<string, number>();
  private readonly names = new Map<string, number>();
  private readonly processes = new Map<string, Known<Process>>();
  private readonly registers = new Map<string, Known<StoredRegister>>();

  process(value: Process): Known<Process> {
    const { machine, monotonicMs, wakeAtMs, flight, seats, closing, wanting, memory, horizon, told, name, drawn } =
      value;
    const calls = value.calls.map((call) => ({ ...call, awaited: call.callId === flight }));
    const parts = { machine, wakeAtMs, flying: flight !== null, calls, seats, closing, wanting, memory, horizon, told };
    return this.known(this.processes, value, fingerprint(parts, monotonicMs, WINDOW_MS), `${name}${drawn}`);
  }

  register(value: StoredRegister): Known<StoredRegister> {
    return this.known(this.registers, value, fingerprint(value, 0, WINDOW_MS), "");
  }

  /** Whether a part of a world holds a random name. */
  holds({ names }: Known<unknown>, name: string): boolean {
    const number = this.names.get(name);
    return number !== undefined && names.includes(number);
  }

  get processCount(): number {
    return this.processes.size;
  }

  private known<T>(all: Map<string, Known<T>>, value: T, { shape, names }: Fingerprint, apart: string): Known<T> {
    const shapeNumber = numberOf(this.shapes, shape);
    const nameNumbers = names.map((name) => numberOf(this.names, name));
    const key = `${shapeNumber};${nameNumbers};${apart}`;
    let known = all.get(key);
    if (known === undefined) {
      known = { value, shape: shapeNumber, names: nameNumbers };
      all.set(key, known);
    }
    return known;
  }
}

function numberOf(numbers: Map<string, number>, text: string): number {
  let number = numbers.get(text);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(text, number);
  }
  return number;
}
