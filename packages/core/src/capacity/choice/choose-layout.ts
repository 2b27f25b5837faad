import { enumerate } from "./enumerate.js";
import { type Headroom, isLoadServed, loadHeadroom, sectionHeadrooms } from "./headroom.js";
import { type Miss, nearestMisses } from "./misses.js";
import { neededBits } from "./needed-bits.js";
import { rank, type Winner } from "./rank.js";
import { checkRequirements, type Requirements } from "./requirements.js";
import type { SectionLengths } from "./section-lengths.js";

/** A layout that fits, why it is among the first, and what it would break of. */
export interface Choice extends Winner {
  /** The requirement that breaks it first when everything asked for grows at the same rate. */
  readonly breaks: Headroom;
}

/** The layouts for some requirements. */
export type Choices =
  | {
      readonly kind: "some";
      /** Layouts that may exist, those that fit, and those of them that no other one replaces. */
      readonly legal: number;
      readonly fitting: number;
      readonly undominated: number;
      /** The first ones, best first. */
      readonly ranked: readonly Choice[];
    }
  | {
      readonly kind: "none";
      readonly legal: number;
      /** Nearest first. */
      readonly misses: readonly Miss[];
    };

/**
 * Looks through all legal layouts for those that meet the requirements, drops the ones that another one replaces, and
 * ranks the rest.
 *
 * @throws ShardflakeError `OPTION_INVALID` when a requirement is outside its range
 */
export function chooseLayout(requirements: Requirements): Choices {
  checkRequirements(requirements);
  const ticks = [...new Set(requirements.ticksMs)].sort((a, b) => a - b);
  const needed = ticks.map((tickMs) => neededBits(requirements, tickMs));
  const able = needed.filter((lengths) => meetsAll(lengths, requirements));
  const byTick = new Map(able.map((lengths) => [lengths.tickMs, lengths]));
  const { legal, fitting, best } = enumerate(requirements, ticks, byTick);
  if (best.length === 0) return { kind: "none", legal, misses: nearestMisses(requirements, needed) };
  const ranked = rank(best, requirements).map((winner) => ({ ...winner, breaks: firstToBreak(winner, requirements) }));
  return { kind: "some", legal, fitting, undominated: best.length, ranked };
}

function meetsAll(lengths: SectionLengths, requirements: Requirements): boolean {
  const isMet = sectionHeadrooms(lengths, requirements).every(({ factor }) => factor >= 1);
  return isMet && isLoadServed(lengths, requirements);
}

function firstToBreak({ lengths }: Winner, requirements: Requirements): Headroom {
  const headrooms = [...sectionHeadrooms(lengths, requirements), loadHeadroom(lengths, requirements)];
  return headrooms.reduce((tightest, headroom) => (headroom.factor < tightest.factor ? headroom : tightest));
}
