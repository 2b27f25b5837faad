import type { Clock } from "./clock.js";
import { describeValue, LayoutError, ShardflakeError } from "./errors.js";
import type { Layout } from "./layout.js";
import type { SequenceStart } from "./sequence-start.js";
import type { Window } from "./window.js";

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

export function checkWait(ms: unknown): number {
  if (typeof ms === "number" && ms >= 0) return ms;
  throw new ShardflakeError(
    "OPTION_INVALID",
    `Expected \`maxWaitMs\` to be a number of milliseconds, 0 or more, got ${describeValue(ms)}.`,
  );
}

/** Options of a layout, or a preset's name, are easily taken for one. */
export function checkLayout(layout: Layout): Layout {
  if (typeof layout?.digest === "string") return layout;
  throw new LayoutError(
    "LAYOUT_INVALID",
    `Expected \`layout\` as defineLayout() returned it, got ${describeValue(layout)}.`,
  );
}
