import { type Spread, spreadOf } from "./spread.js";

/** Runs two measurements in turns; each returns seconds. */
export function inTurns(
  rounds: number,
  own: () => number,
  other: () => number,
): { readonly own: Spread; readonly other: Spread; readonly ratio: Spread } {
  const pairs = Array.from({ length: rounds }, () => ({ other: other(), own: own() }));
  return {
    own: spreadOf(pairs.map((pair) => pair.own)),
    other: spreadOf(pairs.map((pair) => pair.other)),
    ratio: spreadOf(pairs.map((pair) => pair.own / pair.other)),
  };
}
