import { readFileSync, writeFileSync } from "node:fs";
import { describeMachine } from "../report/machine.js";
import { spreadOf } from "../spread.js";
import type { Reference } from "./judge.js";

const FILE = new URL("../../guard.json", import.meta.url);
/** Of a ratio that has none yet. */
const FIRST_BAND = 0.5;
const ROUNDS = 5;

/** The committed file: the references, and where they were measured, for whoever wonders about one. */
interface References {
  readonly machine: string;
  readonly ratios: Readonly<Record<string, Reference>>;
}

export function readReferences(): Readonly<Record<string, Reference>> {
  return (JSON.parse(readFileSync(FILE, "utf8")) as References).ratios;
}

/** Measures the ratios anew, each some times and all in turn, and keeps their bands. */
export async function renewReferences(
  names: readonly string[],
  measure: (name: string) => Promise<number>,
): Promise<Readonly<Record<string, Reference>>> {
  const known = readReferences();
  const measured = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) measured.get(name)!.push(await measure(name));
  }
  const ratios = Object.fromEntries(
    [...measured].map(([name, values]) => {
      const ratio = Number(spreadOf(values).median.toPrecision(3));
      return [name, { ratio, band: known[name]?.band ?? FIRST_BAND }];
    }),
  );
  writeFileSync(FILE, `${JSON.stringify({ machine: describeMachine(), ratios }, null, 2)}\n`);
  return ratios;
}
