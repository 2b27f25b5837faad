import type { StoredRegister } from "@shardflake/pool/protocol";
import type { Allowance } from "./bounds.js";
import type { Process } from "./process.js";
import type { Known } from "./registry.js";

/** One register, the processes that compete for it, and what was issued. */
export interface World {
  readonly processes: readonly Known<Process>[];
  readonly register: Known<StoredRegister>;
  /** The mark of the namespace. */
  readonly mark: Known<StoredRegister>;
  /** By tick: the generation that issued it, 0 for none. */
  readonly issued: readonly number[];
  /**
   * By generation: the end of the window that its holder had when it was copied. Up to there the copies may issue the same
   * ticks, and what they issue is not recorded.
   */
  readonly shared: readonly number[];
  readonly left: Allowance;
}

/**
 * The same text for worlds that differ in nothing but the names of the processes, names drawn at random, and how long ago
 * things were: what can happen in one can happen in the other, and takes as many steps.
 */
export function keyOf({ processes, register, mark, issued, shared, left }: World): string {
  const { acquires, releases, wakes, lostAnswers, crashes, horizons, copies } = left;
  const sorted = [...processes].sort((a, b) => a.shape - b.shape);
  const rest = `|${issued}|${shared}|${acquires}${releases}${wakes}${lostAnswers}${crashes}${horizons}${copies}`;
  return leastText([register, mark], sorted) + rest;
}

/** The least of the texts in which two processes of the same shape are exchanged or not; for three that may miss a match. */
function leastText(records: readonly Known<unknown>[], sorted: readonly Known<unknown>[]): string {
  let least = partsText([...records, ...sorted]);
  for (const [at, { shape, names }] of sorted.entries()) {
    // What has no random names reads the same in any order.
    if (names.length === 0) continue;
    for (let other = at + 1; sorted[other]?.shape === shape; other++) {
      const text = partsText([...records, ...sorted.with(at, sorted[other]!).with(other, sorted[at]!)]);
      if (text < least) least = text;
    }
  }
  return least;
}

/** Parts with their random names numbered in the order in which they come. */
function partsText(parts: readonly Known<unknown>[]): string {
  const numbers = new Map<number, number>();
  let text = "";
  for (const { shape, names } of parts) {
    text += `${shape}:`;
    for (const name of names) {
      const number = numbers.get(name) ?? numbers.size;
      numbers.set(name, number);
      text += String.fromCharCode(number + 0x30);
    }
    text += "|";
  }
  return text;
}

/** The ticks `(above, upTo]` are issued, or more of the last one. */
export interface Issue {
  readonly generation: number;
  readonly above: number;
  readonly upTo: number;
  readonly part: "whole ticks" | "rest of a tick";
}

/** A duplicate, or an order in which generations must not issue; or a tick at or below a horizon that was told before. */
export type Breach = Clash | BelowHorizon;

export interface BelowHorizon {
  readonly kind: "below the horizon";
  readonly tick: number;
  readonly generation: number;
  readonly horizon: number;
}

export interface Clash {
  readonly kind: "clash";
  readonly tick: number;
  /** Who issued it now, and who issued it, or a tick on its wrong side, before. */
  readonly generation: number;
  readonly otherTick: number;
  readonly otherGeneration: number;
}

/** What was issued after a step, or what is wrong with that. */
export function issue(
  { issued, shared, register, processes }: Pick<World, "issued" | "shared" | "register" | "processes">,
  by: Issue | null,
): { readonly issued: readonly number[]; readonly breach: Breach | null } {
  if (by === null) return { issued, breach: null };
  const { generation, above, upTo, part } = by;
  const horizon = Math.max(...processes.map(({ value }) => value.told));
  const { holder, generation: current } = register.value.register;
  // Whoever was replaced and does not know is taken to have a clock that has passed its window.
  if (above < Math.min(upTo, horizon) && holder !== null && generation === current) {
    return { issued, breach: { kind: "below the horizon", tick: above + 1, generation, horizon } };
  }
  if (part === "rest of a tick") return { issued, breach: null };
  const after = [...issued];
  for (let tick = Math.max(above, shared[generation] ?? 0) + 1; tick <= upTo; tick++) {
    const otherTick = issued.findIndex((other, at) => {
      if (other === 0) return false;
      return at === tick || (at < tick ? other > generation : other < generation);
    });
    if (otherTick !== -1) {
      return { issued, breach: { kind: "clash", tick, generation, otherTick, otherGeneration: issued[otherTick]! } };
    }
    after[tick] = generation;
  }
  return { issued: after, breach: null };
}

/** A process is copied: what it holds now, and what it may come to hold, it has in common with its copy. */
export function share(
  { issued, shared }: World,
  windows: readonly { readonly generation: number; readonly limit: number }[],
): Pick<World, "issued" | "shared"> {
  const after = [...shared];
  for (const { generation, limit } of windows) {
    for (let other = after.length; other <= generation; other++) after[other] = 0;
    after[generation] = Math.max(after[generation]!, limit);
  }
  return { shared: after, issued: issued.map((generation) => ((after[generation] ?? 0) > 0 ? 0 : generation)) };
}
