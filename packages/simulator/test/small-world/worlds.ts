import type { Bounds } from "../../src/small-world/bounds.js";
import type { SmallWorldResult } from "../../src/small-world/check-small-world.js";
import type { Protocol } from "../../src/small-world/protocol.js";

/** Two processes that ask for the register once each. */
export const LEAST: Bounds = {
  processes: 2,
  readings: [1, 3],
  acquires: 2,
  releases: 0,
  wakes: 0,
  lostAnswers: 0,
  crashes: 0,
  horizons: 0,
  copies: 0,
  marginMs: Number.POSITIVE_INFINITY,
};

/** The same, and somebody asks for the horizon; floors follow the clocks at once. */
const ASKING: Bounds = { ...LEAST, acquires: 1, horizons: 1, marginMs: 0 };

/** Small enough for every test run, and together large enough for every mutant. */
export const worlds = {
  "a renewal": { ...LEAST, wakes: 1 },
  "a renewal, an answer lost": { ...LEAST, wakes: 1, lostAnswers: 1 },
  "a renewal, a crash": { ...LEAST, wakes: 1, crashes: 1 },
  "three holders": { ...LEAST, processes: 3, acquires: 3 },
  "a copy, two renewals": { ...LEAST, processes: 1, acquires: 1, wakes: 2, copies: 1 },
  "a release, three acquires": { ...LEAST, releases: 1, acquires: 3 },
  "a horizon, a newcomer": ASKING,
  "a horizon, a renewal": { ...ASKING, wakes: 1 },
  "a horizon, two holders": { ...ASKING, acquires: 2 },
} as const satisfies Readonly<Record<string, Bounds>>;

/** The protocol in such a world: where no floor rises, a look at it is no step, nor is one at the mark. */
export function playedIn(protocol: Protocol, { marginMs }: Bounds): Protocol {
  if (marginMs !== Number.POSITIVE_INFINITY) return protocol;
  return {
    ...protocol,
    readsAgain: "at once",
    holderSteps: protocol.holderSteps.filter((step) => step !== "load floor"),
  };
}

/** One line: bounds, states, most moves, seconds. */
export function lineOf(name: string, result: SmallWorldResult, seconds: number): string {
  const { states, transitions, processStates, depth } = result;
  const figures = [states, transitions, processStates].map((figure) => figure.toLocaleString("en"));
  return `${name}: ${figures[0]} states, ${figures[1]} transitions, ${figures[2]} states of a process, depth ${depth}, ${seconds.toFixed(1)} s\n`;
}
