import type { Observer } from "../observation/observer.js";
import type { Outcome } from "../outcome/outcome.js";
import type { Scenario } from "../scenario/scenario.js";

/** What a world gets beside the scenario. */
export interface RunOptions {
  /** `aborted` turns true in the middle of a loop that never yields, too; a run that sees it ends at once. */
  readonly signal: AbortSignal;
  /** True time that has been simulated, in milliseconds. */
  readonly onProgress: (atMs: number) => void;
  /** Hear everything that the checkers hear. */
  readonly observers: readonly Observer[];
}

/** One world with one thing under test: plays a scenario and says what came of it. */
export type Runner = (scenario: Scenario, options: RunOptions) => Outcome | Promise<Outcome>;

/** How a runner crosses threads: as the name of a module and its factory, never as a function. */
export interface RunnerSpec {
  /** Module specifier or file URL that can be imported from any thread. */
  readonly module: string;
  /** Name of the exported factory `(options) => Runner`. */
  readonly export: string;
  /** Structured-cloneable options for the factory. */
  readonly options: unknown;
  /** How long a run may take to end once it was told to; then its thread is ended. In milliseconds. */
  readonly graceMs: number;
}
