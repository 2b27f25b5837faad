/** One line of a benchmark: what was measured, what came out, what must hold. */
export interface Measurement {
  readonly what: string;
  readonly figure: string;
  readonly bound: string;
  readonly holds: boolean;
}

export type Suite = () => Promise<readonly Measurement[]>;
