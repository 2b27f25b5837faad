/** Something that is measured against others, in a process of its own. */
export interface Contestant {
  /** How many calls one {@link run} makes. */
  readonly calls: number;
  run(): void;
  /** What else is told about it, outside of any measurement. */
  facts(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** Makes the contestant of that name. Modules of contestants export it as `create`. */
export type CreateContestant = (name: string) => Promise<Contestant>;

/** A contestant that has nothing to tell and nothing to close. */
export function plainContestant(calls: number, run: () => void): Contestant {
  return { calls, run, facts: () => ({}), close: async () => {} };
}

/** What is asked of a contestant's process. */
export type Question = { readonly kind: "measure"; readonly forMs: number } | { readonly kind: "facts" };

/** What one slice of time told, per call. */
export interface Slice {
  /** The middle of all runs: what a call takes when nothing else happens. */
  readonly medianNs: number;
  /** All time by all calls, stalls included. */
  readonly meanNs: number;
  /** Processor time of the whole process. */
  readonly cpuNs: number;
}

export type Answer =
  | { readonly kind: "ready" }
  | ({ readonly kind: "slice" } & Slice)
  | { readonly kind: "facts"; readonly facts: Readonly<Record<string, number>> };
