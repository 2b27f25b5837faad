import {
  type Clock,
  type Generator,
  type GeneratorOptions,
  type Run,
  ShardflakeError,
  steadyClock,
  tickAt,
  type Window,
} from "../../src/index.js";
import { HostileClock } from "./hostile-clock.js";
import type { Command, Scenario } from "./scenario.js";

export type CreateGenerator = (options: GeneratorOptions) => Generator;
export type ClockKind = "hostile" | "steady over hostile" | "well-behaved";

/** Consecutive IDs, first and last included. */
export interface IssuedIds {
  readonly first: bigint;
  readonly last: bigint;
}

/** One call, as somebody outside the generator sees it. */
export interface Call {
  readonly kind: Command["kind"] | "create";
  /** In the order in which they were issued. */
  readonly ids: readonly IssuedIds[];
  readonly wanted: number;
  /** What the IDs may stand for: from this tick of the issuing clock … */
  readonly earliestTick: number;
  /** … up to this one. */
  readonly latestTick: number;
  /** The highest tick that the window has ever admitted, after the call. */
  readonly admittedTick: number;
  readonly error: unknown;
}

/** A window whose limit somebody else raises. */
class OutsideWindow implements Window {
  readonly floor: number;
  admittedTick = Number.NEGATIVE_INFINITY;
  lost = false;
  limit: number;
  constructor(floor: number, limit: number) {
    this.floor = floor;
    this.limit = limit;
  }
  admit(tick: number): number {
    if (this.lost) throw new ShardflakeError("LEASE_LOST", "Expected a window that is held, got one that was lost.");
    const admitted = Math.min(tick, this.limit);
    this.admittedTick = Math.max(this.admittedTick, admitted);
    return admitted;
  }
}

/** A tick's border may be missed by the rounding of a reading with fractions. */
const ROUNDING_MS = 0.001;

/** Plays a scenario on a new generator and returns what came of every call. */
export async function play(scenario: Scenario, clockKind: ClockKind, create: CreateGenerator): Promise<Call[]> {
  const { layout, datacenterId, machineId, sequenceStart, maxWaitMs, randoms, raises } = scenario;
  const window = new OutsideWindow(scenario.floor, scenario.limit);
  let sleeps = 0;
  const times = clockKind === "well-behaved" ? { ...scenario.times, wallMs: [], monotonicMs: [] } : scenario.times;
  const hostile = new HostileClock(times, () => {
    window.limit += raises[sleeps++] ?? 0;
  });
  const clock: Clock =
    clockKind === "steady over hostile" ? steadyClock(hostile, { toleranceMs: scenario.toleranceMs }) : hostile;
  let drawn = 0;
  const random = (): number => randoms[drawn++ % randoms.length]!;
  const delay = async (ms: number): Promise<void> => clock.sleep(ms);

  let latestMs = Number.NEGATIVE_INFINITY;
  const read = (otherwise: number): number => {
    try {
      latestMs = clock.now();
      return latestMs;
    } catch {
      return otherwise;
    }
  };

  const calls: Call[] = [];
  const record = async (
    kind: Call["kind"],
    wanted: number,
    act: (ids: IssuedIds[]) => unknown,
    earliest?: (nowMs: number) => number,
    latest = Number.POSITIVE_INFINITY,
  ): Promise<void> => {
    const ids: IssuedIds[] = [];
    const requestMs = read(latestMs);
    const earliestTick = earliest?.(requestMs) ?? tickAt(layout, requestMs - ROUNDING_MS);
    let error: unknown;
    try {
      await act(ids);
    } catch (thrown) {
      error = thrown;
    }
    const latestTick = Math.min(latest, tickAt(layout, read(Number.POSITIVE_INFINITY) + ROUNDING_MS));
    calls.push({ kind, ids, wanted, earliestTick, latestTick, admittedTick: window.admittedTick, error });
  };

  let generator: Generator | undefined;
  await record("create", 0, () => {
    generator = create({
      layout,
      datacenterId,
      machineId,
      clock,
      window,
      sequenceStart,
      maxWaitMs,
      random,
      delay,
    });
  });
  if (generator === undefined) return calls;
  const subject = generator;
  const push = (ids: IssuedIds[], id: bigint | undefined): void => {
    if (id !== undefined) ids.push({ first: id, last: id });
  };
  const idOf = (tick: number, sequence: number): bigint => {
    const machine =
      BigInt(tick) * BigInt(layout.machines) + BigInt(datacenterId * layout.machinesPerDatacenter + machineId);
    return machine * BigInt(layout.idsPerTick) + BigInt(sequence);
  };
  const pushRuns = (ids: IssuedIds[], runs: Run[]): void => {
    for (const { tick, sequence, count } of runs) {
      ids.push({ first: idOf(tick, sequence), last: idOf(tick, sequence + count - 1) });
    }
  };

  for (const command of scenario.commands) {
    switch (command.kind) {
      case "next":
      case "tryNext":
        for (let i = 0; i < command.count; i++) {
          await record(command.kind, 1, (ids) => push(ids, subject[command.kind]()));
        }
        break;
      case "nextNumber":
        await record("nextNumber", 1, (ids) => push(ids, BigInt(subject.nextNumber())));
        break;
      case "nextAsync":
        await record("nextAsync", command.count, async (ids) => {
          const all = Array.from({ length: command.count }, () => subject.nextAsync().then((id) => push(ids, id)));
          const failed = (await Promise.allSettled(all)).find((result) => result.status === "rejected");
          if (failed !== undefined) throw failed.reason;
        });
        break;
      case "fill":
        await record("fill", command.count, (ids) => {
          const view = new BigUint64Array(command.count + 2).subarray(1, command.count + 1);
          try {
            subject.fill(view);
          } finally {
            // What a failed call did not get to stays 0, which is no ID.
            for (const id of view) if (id !== 0n) push(ids, id);
          }
        });
        break;
      case "reserve": {
        const { since } = command;
        const count = command.count + command.fullTicks * layout.idsPerTick;
        const sinceMs = since.kind === "raw" ? since.ms : latestMs + since.ms;
        await record(
          "reserve",
          count,
          (ids) => pushRuns(ids, subject.reserve(count, sinceMs)),
          (nowMs) => tickAt(layout, (sinceMs <= nowMs ? sinceMs : nowMs) - ROUNDING_MS),
        );
        break;
      }
      case "reserveTick": {
        const nowTick = tickAt(layout, read(Number.NaN));
        const fromTick = nowTick - command.ticksBack;
        const toTick = Math.min(fromTick + command.span, nowTick);
        const count = command.count + command.fullTicks * layout.idsPerTick;
        await record(
          "reserveTick",
          count,
          (ids) => {
            let wanted = count;
            for (let tick = fromTick; tick <= toTick; tick++) {
              const reserved = subject.reserveTick(wanted, tick);
              wanted -= reserved;
              if (reserved > 0) pushRuns(ids, [{ tick, sequence: subject.nextSequence - reserved, count: reserved }]);
            }
          },
          () => fromTick,
          toTick,
        );
        break;
      }
      case "pass":
        hostile.pass(command.ms);
        break;
      case "raise":
        window.limit += command.ticks;
        break;
      case "lose":
        window.lost = true;
        break;
    }
  }
  return calls;
}
