import type { Lateness, Load } from "./load.js";

/** What is called: the bare clock says what the machine itself costs. */
export type Call = "Date.now" | "next";

/** What a load's process is asked. */
export interface LoadQuestion extends Load {
  readonly call: Call;
}

export interface LoadAnswer extends Lateness {
  /** How long the thread could have run and another had its core; NaN where the system does not tell. */
  readonly waitedMs: number;
}
