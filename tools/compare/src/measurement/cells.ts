import type { Cell } from "../cell.js";
import type { ChangeResult } from "./change.js";
import type { ClockStepResult } from "./clock-step.js";
import type { Form } from "./form.js";
import type { InsertResult } from "./insert.js";
import type { KillResult } from "./kill.js";
import type { OrderResult } from "./order.js";
import type { Latency } from "./percentiles.js";

/** What is measured of every design. */
export interface Measurements {
  readonly unique: UniqueResult;
  readonly form: Form;
  readonly orderWithin: OrderResult;
  readonly orderAcross: OrderResult;
  readonly rateOne: number;
  readonly rateMany: number;
  readonly latencyOne: Latency;
  readonly latencyThousand: Latency;
  readonly roundTrips: RoundTrips;
  readonly kill: KillResult;
  readonly add: ChangeResult;
  readonly addUnsafe: ChangeResult;
  readonly remove: ChangeResult;
  readonly removeUnsafe: ChangeResult;
  readonly clockStep: ClockStepResult;
  readonly insert: InsertResult;
}

/** A column of the table. */
export type Cells = { readonly [Name in keyof Measurements]: Cell<Measurements[Name]> };

/** Over everything that every client received, demonstrations of unsafe operations apart. */
export interface UniqueResult {
  readonly ids: number;
  readonly duplicates: number;
}

/** Requests that left the process of the client, and what those asked of a database, for each ID. */
export interface RoundTrips {
  readonly perId: number;
  readonly perIdOfThousand: number;
}
