import type { LayoutOptions } from "@shardflake/core";
import type { Scenario } from "../../scenario/scenario.js";
import type { Life } from "../life.js";
import type { IdKind } from "../subject.js";
import type { RecordBatch } from "./records.js";

/** What the thread is given. */
export interface ThreadTask {
  readonly scenario: Scenario;
  readonly href: string;
  readonly lives: readonly Life[];
  /** The first of `lives` to run; those before it were run by another thread. */
  readonly firstLife: number;
  /** How long a process that outlives the scenario may go on to answer. */
  readonly graceMs: number;
  /** Int32s, the first of which counts answers; see below. */
  readonly pulse: SharedArrayBuffer;
}

/** Cells of the memory in which the thread can be watched while it is busy. This one counts answers and starts. */
export const BEAT_CELL = 0;
/** How much of the present life is over, in thousandths. */
export const SHARE_CELL = 1;
/** Reads of replaced clocks in the present life. */
export const READS_CELL = 2;
export const PULSE_CELLS = 3;

/** What the thread tells. */
export type ThreadMessage =
  /** The module is a subject; sent once, before the first life. */
  | { readonly kind: "loaded"; readonly layout: LayoutOptions; readonly idKind: IdKind }
  /** It is not, and this is why; nothing follows. */
  | { readonly kind: "unloadable"; readonly code: string | null; readonly message: string }
  | { readonly kind: "records"; readonly life: number; readonly batch: RecordBatch }
  /** One life is over. */
  | { readonly kind: "lived"; readonly life: number; readonly reads: number; readonly strays: number }
  | { readonly kind: "done" }
  /** The simulator itself failed; nothing follows. */
  | { readonly kind: "broken"; readonly message: string };
