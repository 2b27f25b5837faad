import { loadHeadroom, sectionHeadrooms } from "./headroom.js";
import { meanPerTick, type RequirementName, type Requirements } from "./requirements.js";
import { type SectionLengths, totalBits } from "./section-lengths.js";

/** Why a layout is among the first. */
export type Win =
  /** The finest tick, and at it the highest ceiling for a machine ID. */
  | { readonly kind: "ceiling" }
  /** So many times as much of one requirement as the first layout, for a lower ceiling. */
  | { readonly kind: "trade"; readonly requirement: RequirementName; readonly times: number }
  /** All that is asked for may grow so many times at once, which is the most at the finest tick. */
  | { readonly kind: "balance"; readonly times: number }
  /** Every ID is exact as a JavaScript number. */
  | { readonly kind: "number" }
  /** A coarser tick for so many times the ceiling of the first layout. */
  | { readonly kind: "tick"; readonly times: number };

type Found = readonly [SectionLengths, Win];

/** A layout, and all that speaks for it. */
export interface Winner {
  readonly lengths: SectionLengths;
  readonly wins: readonly Win[];
}

/**
 * The layouts worth a look, in their order: the finest tick first, because IDs sort by it; then the highest ceiling of a
 * machine ID, because peaks and uneven loads are what plans get wrong; then the longest lifetime, the most machine IDs.
 * Everything after the first must have something the first has not.
 */
export function rank(layouts: readonly SectionLengths[], requirements: Requirements): Winner[] {
  const ordered = [...layouts].sort(compare);
  const first = ordered[0];
  if (first === undefined) return [];
  // Where it was asked for, it is no virtue.
  const exact = requirements.mostBits > 53 ? ordered.find((lengths) => totalBits(lengths) <= 53) : undefined;
  const found: Found[] = [
    [first, { kind: "ceiling" }],
    ...trades(first, ordered, requirements),
    mostBalanced(first, ordered, requirements),
    ...(exact === undefined ? [] : [[exact, { kind: "number" }] satisfies Found]),
    ...coarser(first, ordered),
  ];
  return ordered.flatMap((lengths) => {
    const wins = found.flatMap(([winner, win]) => (winner === lengths ? [win] : []));
    return wins.length === 0 ? [] : [{ lengths, wins }];
  });
}

const ceiling = ({ sequenceBits, tickMs }: SectionLengths): number => 2 ** sequenceBits / tickMs;

function compare(a: SectionLengths, b: SectionLengths): number {
  return (
    a.tickMs - b.tickMs ||
    ceiling(b) - ceiling(a) ||
    b.timestampBits - a.timestampBits ||
    b.machineBits - a.machineBits ||
    b.datacenterBits - a.datacenterBits
  );
}

/** For each requirement the first layout at the same tick that can do more of it than the first one. */
function trades(first: SectionLengths, ordered: readonly SectionLengths[], requirements: Requirements): Found[] {
  return sectionHeadrooms(first, requirements).flatMap(({ requirement, limit }): Found[] => {
    const limitOf = (lengths: SectionLengths): number =>
      sectionHeadrooms(lengths, requirements).find((headroom) => headroom.requirement === requirement)!.limit;
    const more = ordered.find((lengths) => lengths.tickMs === first.tickMs && limitOf(lengths) > limit);
    return more === undefined ? [] : [[more, { kind: "trade", requirement, times: limitOf(more) / limit }]];
  });
}

/**
 * The layout whose tightest requirement is the least tight; among equals the second tightest decides, and so on. How far
 * the load may grow takes a search, so it is asked only of a layout that would win if its whole ceiling could be used.
 */
function mostBalanced(first: SectionLengths, ordered: readonly SectionLengths[], requirements: Requirements): Found {
  const loads = new Map<number, number>();
  const growths = (lengths: SectionLengths, load: number): number[] => {
    const sections = sectionHeadrooms(lengths, requirements).map(({ limit, asked }) => limit / asked);
    return [...sections, load].sort((a, b) => a - b);
  };
  const known = (lengths: SectionLengths): number[] => {
    const load = loads.get(lengths.sequenceBits) ?? loadHeadroom(lengths, requirements).factor;
    loads.set(lengths.sequenceBits, load);
    return growths(lengths, load);
  };
  let best = first;
  let bestGrowths = known(first);
  for (const lengths of ordered) {
    if (lengths.tickMs !== first.tickMs) break;
    const ceilingGrowth = 2 ** lengths.sequenceBits / meanPerTick(requirements, lengths.tickMs);
    if (!isAbove(growths(lengths, ceilingGrowth), bestGrowths) || !isAbove(known(lengths), bestGrowths)) continue;
    [best, bestGrowths] = [lengths, known(lengths)];
  }
  return [best, { kind: "balance", times: bestGrowths[0]! }];
}

function isAbove(growths: readonly number[], others: readonly number[]): boolean {
  const i = growths.findIndex((growth, place) => growth !== others[place]);
  return i >= 0 && growths[i]! > others[i]!;
}

/** For each coarser tick its first layout, if it has a higher ceiling. */
function coarser(first: SectionLengths, ordered: readonly SectionLengths[]): Found[] {
  const ticks = new Set(ordered.map(({ tickMs }) => tickMs));
  return [...ticks].flatMap((tickMs): Found[] => {
    const best = ordered.find((lengths) => lengths.tickMs === tickMs)!;
    return tickMs > first.tickMs && ceiling(best) > ceiling(first)
      ? [[best, { kind: "tick", times: ceiling(best) / ceiling(first) }]]
      : [];
  });
}
