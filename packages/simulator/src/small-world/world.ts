import type { StoredRegister } from "@shardflake/pool/protocol";
import type { Allowance } from "./bounds.js";
import type { Process } from "./process.js";
import type { Known } from "./registry.js";

/** One register, the processes that compete for it, and what was issued. */
export interface World {
  readonly processes: readonly Known<Process>[];
  readonly register: Known<StoredRegister>;
  /** By tick: the generation that issued it, 0 for none. */
  readonly issued: readonly number[];
  readonly left: Allowance;
}

/**
 * The same text for worlds that differ in nothing but the names of the processes, names drawn at random, and how long ago
 * things were: what can happen in one can happen in the other, and takes as many steps.
 */
export function keyOf({ processes, register, issued, left }: World): string {
  const renamed = new Map<number, number>();
  const named = ({ shape, names }: Known<unknown>): string => {
    let text = `${shape}:`;
    for (const name of names) {
      let number = renamed.get(name);
      if (number === undefined) {
        number = renamed.size;
        renamed.set(name, number);
      }
      text += String.fromCharCode(number + 0x30);
    }
    return text;
  };
  const sorted = [...processes].sort((a, b) => a.shape - b.shape);
  let key = named(register);
  for (const process of sorted) key += `|${named(process)}`;
  return `${key}|${issued}|${left.acquires}${left.releases}${left.wakes}${left.lostAnswers}${left.crashes}`;
}

/** The ticks `(above, upTo]` are issued. */
export interface Issue {
  readonly generation: number;
  readonly above: number;
  readonly upTo: number;
}

/** A duplicate, or an order in which generations must not issue. */
export interface Breach {
  readonly tick: number;
  /** Who issued it now, and who issued it, or a tick on its wrong side, before. */
  readonly generation: number;
  readonly otherTick: number;
  readonly otherGeneration: number;
}

/** What was issued after a step, or what is wrong with that. */
export function issue(
  issued: readonly number[],
  by: Issue | null,
): { readonly issued: readonly number[]; readonly breach: Breach | null } {
  if (by === null) return { issued, breach: null };
  const { generation, above, upTo } = by;
  const after = [...issued];
  for (let tick = above + 1; tick <= upTo; tick++) {
    const otherTick = issued.findIndex((other, at) => {
      if (other === 0) return false;
      return at === tick || (at < tick ? other > generation : other < generation);
    });
    if (otherTick !== -1) {
      return { issued, breach: { tick, generation, otherTick, otherGeneration: issued[otherTick]! } };
    }
    after[tick] = generation;
  }
  return { issued: after, breach: null };
}
