import { type Cell, unmeasured } from "../cell.js";
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

const NAMES: Readonly<Record<keyof Measurements, true>> = {
  unique: true,
  form: true,
  orderWithin: true,
  orderAcross: true,
  rateOne: true,
  rateMany: true,
  latencyOne: true,
  latencyThousand: true,
  roundTrips: true,
  kill: true,
  add: true,
  addUnsafe: true,
  remove: true,
  removeUnsafe: true,
  clockStep: true,
  insert: true,
};

/** The column of a design that could not be started. */
export function emptyCells(why: string): Cells {
  return Object.fromEntries(Object.keys(NAMES).map((name) => [name, unmeasured(why)])) as unknown as Cells;
}
