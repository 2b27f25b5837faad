import { defineLayout } from "@shardflake/core";
import type { Holding, Observer } from "../observation/observer.js";
import type { InvariantResult } from "../outcome/outcome.js";
import type { Scenario } from "../scenario/scenario.js";
import { Available } from "./available.js";
import { Capacity } from "./capacity.js";
import { Fidelity } from "./fidelity.js";
import { Answers } from "./history/answers.js";
import { SeenIds } from "./history/seen-ids.js";
import { Holdings } from "./holdings/holdings.js";
import { BAR_HIGH, BAR_LOW, IS_PLAIN, KEY, RAISED_COMPLETED, RAISED_REQUESTED, ROW } from "./holdings/row.js";
import { Succession } from "./holdings/succession.js";
import type { Seat } from "./holdings/tenure.js";
import { Horizon } from "./horizon.js";
import { KSorted } from "./k-sorted.js";
import { LayoutCheck } from "./layout.js";
import { Lookups } from "./lookups.js";
import { Monotonic } from "./monotonic.js";
import { notVacuous } from "./not-vacuous.js";
import { Ordered } from "./ordered.js";
import { FaultsSeen } from "./report/faults-seen.js";
import { Narrator } from "./report/narrator.js";
import { Violations } from "./report/violations.js";
import type { CheckResult } from "./result.js";
import { Decoder, Sighting } from "./sighting.js";
import { Unique } from "./unique.js";
import { Windows } from "./windows.js";

/** What {@link createChecks} takes. */
export interface ChecksOptions {
  /** "plain" for subjects without registers: their windows are not told, and their IDs are not expected to ascend. */
  readonly kind: "windowed" | "plain";
  /**
   * Answers that are remembered, to be compared with IDs that come out of order; a power of two. What would have to be
   * compared with older ones is reported as undecided. An answer takes 40 bytes.
   * @default 2 ** 20, or 2 ** 22 for "plain", where any ID may come again at any time
   */
  readonly remembered?: number;
}

/** Checks of one run: is told what a world tells, and holds it against every invariant. */
export interface Checks extends Observer {
  /** What it came to so far. */
  result(): CheckResult;
}

const DEFAULT_REMEMBERED = { windowed: 2 ** 20, plain: 2 ** 22 } as const;

/**
 * Checks for one run of a scenario.
 *
 * @throws LayoutError `LAYOUT_INVALID` when the scenario's layout is none
 */
export function createChecks(scenario: Scenario, options: ChecksOptions): Checks {
  return new CombinedChecks(scenario, options);
}

class CombinedChecks implements Checks {
  readonly #kind: "windowed" | "plain";
  readonly #decoder: Decoder;
  readonly #sighting = new Sighting();
  readonly #holdings: Holdings;
  readonly #succession: Succession;
  readonly #answers: Answers;
  readonly #lookups: Lookups;
  readonly #faults: FaultsSeen;
  readonly #violations = new Violations();
  readonly #branches = new Map<string, number>();
  readonly #unique: Unique;
  readonly #monotonic: Monotonic;
  readonly #ordered: Ordered;
  readonly #kSorted: KSorted;
  readonly #fidelity: Fidelity;
  readonly #available: Available;
  readonly #capacity: Capacity;
  readonly #layoutCheck: LayoutCheck;
  readonly #windows: Windows;
  readonly #horizon: Horizon;
  #issued = 0;

  constructor(scenario: Scenario, { kind, remembered = DEFAULT_REMEMBERED[kind] }: ChecksOptions) {
    const layout = defineLayout(scenario.layout);
    const decoder = new Decoder(layout, scenario.startMs);
    const lookups = kind === "plain" ? "always" : "where-needed";
    const holdings = new Holdings(layout, lookups);
    const seen = new SeenIds(decoder.sections, (holding, other, tick) => holdings.isExempt(holding, other, tick));
    const answers = new Answers(remembered);
    const faults = new FaultsSeen(scenario.faults);
    const violations = this.#violations;
    const narrator = new Narrator(layout, holdings, answers, faults);
    this.#kind = kind;
    this.#decoder = decoder;
    this.#holdings = holdings;
    this.#answers = answers;
    this.#faults = faults;
    this.#succession = new Succession(holdings);
    this.#lookups = new Lookups(decoder, holdings, answers, seen, lookups);
    this.#unique = new Unique(holdings, seen, violations, narrator);
    this.#monotonic = new Monotonic(holdings, this.#succession, violations, narrator);
    this.#ordered = new Ordered(layout.tickMs, answers, holdings, violations, narrator);
    this.#kSorted = new KSorted(layout.tickMs);
    this.#fidelity = new Fidelity(layout.tickMs, violations, narrator);
    this.#available = new Available(scenario, holdings, violations, narrator);
    this.#capacity = new Capacity(layout.idsPerTick, holdings, seen, violations, narrator);
    this.#layoutCheck = new LayoutCheck(layout, decoder, holdings, violations, narrator);
    this.#windows = new Windows(holdings, violations, narrator);
    this.#horizon = new Horizon((tick) => decoder.tickStartMs(tick), violations, narrator);
  }

  held(holding: Holding, atMs: number): void {
    const seat = this.#holdings.add(holding);
    this.#succession.enter(seat);
    const { machine } = seat.tenure;
    const isShared = machine.tenures.some(({ generation }, at, all) => generation === all[at + 1]?.generation);
    if (machine.isLookedUp) this.#lookups.enter(seat);
    else if (isShared) this.#lookups.start(machine);
    if (this.#kind === "windowed") this.#windows.held(seat, atMs);
  }

  extended(holding: number, limit: number, atMs: number): void {
    this.#holdings.extend(holding, limit);
    if (this.#kind === "windowed") this.#windows.extended(this.#holdings.seats[holding] as Seat, atMs);
  }

  ended(holding: number, limit: number): void {
    this.#holdings.end(holding, limit);
  }

  issued(
    holding: number,
    requestedMs: number,
    completedMs: number,
    errorMs: number,
    high: number,
    low: number,
    count: number,
  ): void {
    const sighting = this.#sighting;
    sighting.holding = holding;
    sighting.requestedMs = requestedMs;
    sighting.completedMs = completedMs;
    sighting.errorMs = errorMs;
    this.#issued += count;
    this.#available.answer(holding, requestedMs, completedMs);
    if (count <= this.#decoder.room(low)) {
      this.#decoder.decode(sighting, high, low, count);
      this.#see(sighting);
    } else this.#seeParts(sighting, high, low, count);
  }
  refused(shard: number, requestedMs: number, completedMs: number, count: number, code: string | null): void {
    this.#available.refuse(shard, requestedMs, completedMs, count, code);
  }

  unanswered(shard: number, requestedMs: number, endMs: number): void {
    this.#available.wait(shard, requestedMs, endMs);
  }

  horizon(tick: number, atMs: number): void {
    this.#horizon.told(tick, atMs);
  }

  faultSeen(fault: number, shard: number, atMs: number): void {
    this.#faults.add(fault, shard, atMs);
  }

  branch(name: string): void {
    this.#branches.set(name, (this.#branches.get(name) ?? 0) + 1);
  }

  result(): CheckResult {
    const invariants: InvariantResult[] = [
      this.#unique.result(this.#issued),
      this.#monotonic.result(),
      this.#ordered.result(),
      this.#kSorted.result(),
      this.#fidelity.result(),
      this.#available.result(this.#issued),
      this.#capacity.result(),
      this.#layoutCheck.result(),
      ...(this.#kind === "windowed" ? [this.#windows.result()] : []),
      ...(this.#horizon.isAsked ? [this.#horizon.result()] : []),
      notVacuous(this.#faults),
    ];
    return {
      issued: this.#issued,
      refused: this.#available.refused,
      stallMs: this.#available.stalls,
      kRadius: this.#kSorted.radius,
      largestInversionMs: this.#kSorted.inversionMs,
      invariants,
      violations: this.#violations.kept,
      coverage: { ...this.#faults.coverage(), ...Object.fromEntries(this.#branches) },
    };
  }

  /** Takes IDs that go beyond a tick and machine ID: one sequence after the other. */
  #seeParts(sighting: Sighting, firstHigh: number, firstLow: number, count: number): void {
    let [high, low, left] = [firstHigh, firstLow, count];
    while (left > 0) {
      const part = Math.min(left, this.#decoder.room(low));
      this.#decoder.decode(sighting, high, low, part);
      this.#see(sighting);
      left -= part;
      low += part;
      if (low === 2 ** 32) [high, low] = [(high + 1) >>> 0, 0];
    }
  }

  /** Takes IDs of one tick and machine ID. */
  #see(sighting: Sighting): void {
    const { high, low } = sighting;
    const { rows } = this.#holdings;
    const at = sighting.holding * ROW;
    const barHigh = rows[at + BAR_HIGH] as number;
    if (
      rows[at + IS_PLAIN] === 1 &&
      rows[at + KEY] === sighting.key &&
      (high === barHigh ? low > (rows[at + BAR_LOW] as number) : high > barHigh)
    ) {
      rows[at + BAR_HIGH] = high;
      rows[at + BAR_LOW] = sighting.lastLow;
      rows[at + RAISED_REQUESTED] = sighting.requestedMs;
      rows[at + RAISED_COMPLETED] = sighting.completedMs;
    } else {
      this.#lookUp(sighting);
    }
    this.#layoutCheck.see(sighting);
    if (this.#kind === "windowed") this.#windows.see(sighting);
    this.#horizon.see(sighting);
    this.#fidelity.see(sighting);
    this.#kSorted.see(sighting);
    this.#ordered.see(sighting);
    if (this.#lookups.isActive && this.#answers.isFull) this.#lookups.forgetOldest();
    this.#answers.append(sighting);
  }

  /** Takes IDs that may not be new, or not in order. */
  #lookUp(sighting: Sighting): void {
    const { machine } = (this.#holdings.seats[sighting.holding] as Seat).tenure;
    const isOwn = sighting.key === machine.key;
    if (!machine.isLookedUp && isOwn && this.#succession.isBetween(sighting)) {
      this.#succession.take(sighting);
      return;
    }
    this.#lookups.start(machine);
    if (!isOwn) this.#lookups.start(this.#holdings.machine(sighting.key));
    this.#unique.see(sighting);
    this.#capacity.see(sighting);
    this.#monotonic.see(sighting);
    this.#succession.take(sighting);
    this.#monotonic.remember(sighting);
  }
}
