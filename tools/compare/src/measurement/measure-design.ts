import { auditIds, joinReceived } from "../audit/audit-received.js";
import { type Cell, unmeasured } from "../cell.js";
import type { Design, Way } from "../designs/design.js";
import { idCount } from "../load/received.js";
import type { LoadResult } from "../load/run-load.js";
import { MANY_CLIENTS } from "../load/run-load.js";
import { attempt } from "./attempt.js";
import type { Cells } from "./cells.js";
import { type ChangeResult, measureChange } from "./change.js";
import { measureClockStep } from "./clock-step.js";
import { formOf } from "./form.js";
import { measureInsert } from "./insert.js";
import { measureKill } from "./kill.js";
import { orderOf } from "./order.js";
import { latencyOf } from "./percentiles.js";
import { FULL_SPEED, runToEnd, type Trial } from "./trial.js";

/** What loads at full speed take of the budget. */
const FULL_SPEED_SHARE = 0.2;
/** Before anything is timed, code is compiled and connections are open. */
const WARM_UP_MS = 1000;
const WARM_UP_REQUESTS = 500;
const THOUSAND = 1000;
/** The batches of 1000 go on until there are enough for a table, but not for ever. */
const LONGEST_BATCHES_MS = 20_000;

/** Steps of one design, its start included: what progress is counted in. */
export const MEASUREMENT_STEPS = 13;

/** Told what is measured now. */
export type OnStep = (step: string) => void;

/** Measures a design, cell by cell. What goes wrong in one cell stands there, and the others are measured all the same. */
export async function measureDesign(design: Design, trial: Trial, onStep: OnStep): Promise<Cells> {
  const { running, budgetMs, rows, signal } = trial;
  const tell = <Value>(step: string, measure: () => Promise<Value>): Promise<Cell<Value>> => {
    onStep(step);
    return attempt(measure, signal);
  };
  const fullSpeed = { ...FULL_SPEED, forMs: budgetMs * FULL_SPEED_SHARE };
  await tell("warm-up", () =>
    runToEnd(trial, MANY_CLIENTS, { ...FULL_SPEED, forMs: WARM_UP_MS, mostRequests: WARM_UP_REQUESTS }),
  );
  const one = await tell("one client", () => runToEnd(trial, 1, fullSpeed));
  const many = await tell("many clients", () => runToEnd(trial, MANY_CLIENTS, fullSpeed));
  const thousands = await tell("batches of 1000", () => {
    const servers = running.servers().length;
    const mostRequests = Math.ceil(rows / THOUSAND / running.agents().length);
    return runToEnd(trial, servers, { ...FULL_SPEED, batch: THOUSAND, forMs: LONGEST_BATCHES_MS, mostRequests });
  });
  const kill = await tell("a server is killed", () => measureKill(trial));
  const add = await tell("a server is added", () => measureChange(trial, running.add.safe, "counts"));
  const clockStep = flatten(await tell("clocks step back", () => measureClockStep(trial)));
  const remove = await tell("a server is removed", () => measureChange(trial, running.remove.safe, "counts"));
  const removeUnsafe = await demonstrate("a server is removed carelessly", running.remove.unsafe);
  const addUnsafe = await demonstrate("a server is added carelessly", running.add.unsafe);
  const insert =
    design.indexedAs === design.name
      ? await map(thousands, async ({ received }) => {
          onStep("rows in PostgreSQL");
          return await measureInsert(trial.tables, received.ids, signal);
        })
      : unmeasured(`the same kind of ID as ${design.indexedAs}: measured there`);
  onStep("audit");
  return {
    unique: await attempt(async () => {
      const { count, duplicates } = await auditIds(joinReceived(trial.received), signal);
      return { ids: count, duplicates };
    }, signal),
    form: await attempt(async () => formOf(trial.received), signal),
    orderWithin: await map(one, ({ received }) => orderOf(received, signal)),
    orderAcross: await map(many, ({ received }) => orderOf(received, signal)),
    rateOne: await map(one, async ({ idsPerSecond }) => idsPerSecond),
    rateMany: await map(many, async ({ idsPerSecond }) => idsPerSecond),
    latencyOne: await map(one, async ({ received }) => latencyOf(received.requestedMs, received.completedMs)),
    latencyThousand: await map(thousands, async ({ received }) =>
      latencyOf(received.requestedMs, received.completedMs),
    ),
    roundTrips: await map(one, async (ofOne) => {
      if (thousands.kind === "unmeasured") throw new Error(thousands.why);
      return { perId: roundTripsPerId(ofOne), perIdOfThousand: roundTripsPerId(thousands.value) };
    }),
    kill,
    add,
    addUnsafe,
    remove,
    removeUnsafe,
    clockStep,
    insert,
  };

  async function demonstrate(step: string, way: Cell<Way>): Promise<Cell<ChangeResult>> {
    if (way.kind === "unmeasured") return way;
    return await tell(step, () => measureChange(trial, way.value, "is a demonstration"));
  }

  async function map<From, To>(cell: Cell<From>, measure: (value: From) => Promise<To>): Promise<Cell<To>> {
    return cell.kind === "unmeasured" ? cell : await attempt(() => measure(cell.value), signal);
  }
}

function flatten<Value>(cell: Cell<Cell<Value>>): Cell<Value> {
  return cell.kind === "unmeasured" ? cell : cell.value;
}

function roundTripsPerId({ roundTrips, received }: LoadResult): number {
  return roundTrips / idCount(received);
}
