import type { Clock } from "./clock.js";
import type { Layout } from "./layout.js";
import type { Window } from "./window.js";

/**
 * What the sequence of a new tick starts with. "random" starts anywhere in the lower half, so that `id % n` is even
 * also at low rates; it costs a quarter of the ceiling on average. Measured by `npm run bench -- skew`.
 */
export type SequenceStart = "zero" | "random";

/** What {@link createGenerator} takes. */
export interface GeneratorOptions {
  readonly layout: Layout;
  readonly datacenterId: number;
  readonly machineId: number;
  /** @default the system clock, made steady */
  readonly clock?: Clock;
  /** Which ticks may be issued. @default every tick above 0 */
  readonly window?: Window;
  /** @default "zero" */
  readonly sequenceStart?: SequenceStart;
  /**
   * How long one call may wait for the clock to pass the last tick, or for the window to be extended, in milliseconds.
   * @default 20000
   */
  readonly maxWaitMs?: number;
  /** Random numbers in [0, 1) for `sequenceStart: "random"`. @default Math.random */
  readonly random?: () => number;
  /** How {@link Generator.nextAsync} waits. @default setTimeout */
  readonly delay?: (ms: number) => Promise<void>;
}
