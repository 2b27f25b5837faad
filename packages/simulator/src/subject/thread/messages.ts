import type { LayoutOptions } from "@shardflake/core";
import type { Scenario } from "../../scenario/scenario.js";
import type { Life } from "../life.js";
import type { IdKind } from "../subject.js";
import type { RecordBatch } from "./records.js";

/** What the thread of one process is given. */
export interface ThreadTask {
  readonly scenario: Scenario;
  readonly href: string;
  readonly life: Life;
  /** How long a process that outlives the scenario may go on to answer. */
  readonly graceMs: number;
  /** Int32 cells in which the thread can be watched while it is busy. */
  readonly pulse: SharedArrayBuffer;
}

/** Counts answers, and that the subject was loaded. */
export const BEAT_CELL = 0;
/** How much of the life is over, in thousandths. */
export const SHARE_CELL = 1;
/** Reads of replaced clocks. */
export const READS_CELL = 2;
export const PULSE_CELLS = 3;

/** Why a module is no subject. */
export interface Unloadable {
  readonly kind: "unloadable";
  readonly code: string | null;
  readonly message: string;
}

/** What the thread tells. */
export type ThreadMessage =
  /** The module is a subject. */
  | { readonly kind: "loaded"; readonly layout: LayoutOptions; readonly idKind: IdKind }
  /** It is not; nothing follows. */
  | Unloadable
  | { readonly kind: "records"; readonly batch: RecordBatch }
  /** The life is over; nothing follows. `strays` are errors that nobody caught. */
  | { readonly kind: "lived"; readonly strays: number }
  /** The simulator itself failed; nothing follows. */
  | { readonly kind: "broken"; readonly message: string };
