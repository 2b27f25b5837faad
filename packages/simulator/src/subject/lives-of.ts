import type { Life } from "./life.js";

/** What befalls a process; other interruptions do not concern a subject. */
interface Interruption {
  readonly kind: string;
  readonly fault: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The processes that a shard's subject lives through, in the order of their start, its clones last. */
export function livesOf(shard: number, interruptions: readonly Interruption[], durationMs: number): readonly Life[] {
  const standstills = interruptions.filter(({ kind }) => kind === "pause" || kind === "zombie");
  const lives: Life[] = [];
  let next: { readonly fromMs: number; readonly origin: number | null } = { fromMs: 0, origin: null };
  const live = (toMs: number, end: Life["end"]): void => {
    const { fromMs, origin } = next;
    if (fromMs >= toMs) return;
    const met = standstills.filter((pause) => pause.toMs > fromMs && pause.fromMs < toMs);
    const generation = lives.length + 1;
    lives.push({ shard, copy: "original", generation, origin, fromMs, toMs, end, standstills: met });
  };

  for (const { kind, fault, fromMs, toMs } of interruptions) {
    if (kind !== "restart" || fromMs >= durationMs) continue;
    live(fromMs, "killed");
    // A restart of a process that is down already keeps it down.
    next = { fromMs: Math.max(next.fromMs, toMs), origin: fault };
  }
  live(durationMs, "scenario-over");

  const clones = interruptions
    .filter(({ kind }) => kind === "clone")
    .flatMap(({ fault, fromMs, toMs }): Life[] => {
      const original = lives.find((life) => life.fromMs <= fromMs && fromMs < life.toMs);
      if (original === undefined || toMs <= fromMs) return [];
      const end = toMs < durationMs ? "killed" : "scenario-over";
      return [
        { ...original, copy: "clone", origin: fault, fromMs, toMs: Math.min(toMs, durationMs), end, standstills: [] },
      ];
    });
  return [...lives, ...clones];
}
