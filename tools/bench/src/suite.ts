/** One line of a benchmark: what was measured, what came out, what must hold. */
export interface Measurement {
  readonly what: string;
  readonly figure: string;
  /** The number that is held against the bound, for the history. */
  readonly value: number;
  /** {@link REPORTED} where nothing is held against the figure. */
  readonly bound: string;
  readonly holds: boolean;
}

export const REPORTED = "reported";

/** What stands beside a figure; nothing where there is no bound that could be missed. */
export function verdictOf({ bound, holds }: Measurement): "ok" | "missed" | "" {
  if (bound === REPORTED) return "";
  return holds ? "ok" : "missed";
}

/** What else was measured, side by side. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a suite found. */
export interface Outcome {
  /** How it was measured, and what a reader must know to judge the figures. Markdown. */
  readonly about: string;
  readonly measurements: readonly Measurement[];
  readonly tables: readonly Table[];
}

export type Suite = () => Promise<Outcome>;
