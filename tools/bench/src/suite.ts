/** One line of a benchmark: what was measured, what came out, what must hold. */
export interface Measurement {
  readonly what: string;
  readonly figure: string;
  /** The number that is held against the bound, for the history. */
  readonly value: number;
  readonly bound: string;
  readonly holds: boolean;
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
