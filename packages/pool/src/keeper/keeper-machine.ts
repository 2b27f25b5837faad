import type { Layout } from "@shardflake/core";
import { clockOff, wrongLeadMs } from "../register/clock-off.js";
import { limitAhead } from "../register/limit.js";
import type { PlanBasis } from "../register/plan.js";
import type { RegisterWrite, StoredRegister } from "../register/register.js";
import { Acquisition } from "./acquisition.js";
import { Adjusting } from "./adjustment.js";
import { Holdings } from "./holdings.js";
import { HorizonReading } from "./horizon-reading.js";
import type { ClosedLease, KeeperEffect, KeeperEvent, Moment } from "./keeper-protocol.js";
import type { Operation, Step, View } from "./operation.js";
import { type Pace, paceOf, retryDelayMs } from "./pace.js";
import { Renewal } from "./renewal.js";
import { Returning } from "./returning.js";
import { answerLost, endlessConflicts } from "./store-failure.js";

/** What a keeper machine is made with; milliseconds. */
export interface KeeperMachineOptions {
  readonly layout: Layout;
  readonly windowMs: number;
  readonly maxLeadMs: number;
  /** How far floors stay behind the clock. */
  readonly marginMs: number;
}

/** Every conflict means that somebody else got on; so many in a row mean a store that forgets what it acknowledged. */
const MOST_CONFLICTS = 100;

/** The one call to the store that is under way. */
interface Flight {
  readonly callId: number;
  readonly operation: Operation;
  readonly lostAtMs: number;
  readonly writes: readonly RegisterWrite[];
}

/**
 * The keeper as a state machine: events in, effects out. It has no timers, does no I/O and reads no clock, so that a
 * simulator can drive the very same code in virtual time. Answers may be lost, late, repeated or out of order.
 */
export class KeeperMachine {
  private readonly options: KeeperMachineOptions;
  private readonly pace: Pace;
  private readonly holdings = new Holdings();
  private readonly renewal = new Renewal();
  private operations: Operation[] = [];
  private flight: Flight | null = null;
  private callId = 0;
  private leadMs = 0;
  private storeClock: { readonly storeNowMs: number; readonly monotonicMs: number } | null = null;
  private effects: KeeperEffect[] = [];

  constructor(options: KeeperMachineOptions) {
    this.options = options;
    this.pace = paceOf(options.windowMs);
  }

  /** Takes in one event and returns what is to be done, in this order. */
  handle(event: KeeperEvent, moment: Moment): KeeperEffect[] {
    this.effects = [];
    this.take(event, moment);
    if (this.holdings.live().length > 0) this.renewal.schedule(moment.monotonicMs, this.pace, moment.chance);
    this.startNext(moment);
    this.effects.push({ kind: "wake", atMonotonicMs: this.nextWakeMs() });
    return this.effects;
  }

  private take(event: KeeperEvent, moment: Moment): void {
    const { monotonicMs } = moment;
    switch (event.kind) {
      case "acquire":
        this.operations.push(new Acquisition(event.requestId, event.request, event.holder, monotonicMs));
        return;
      case "release":
        this.operations.push(this.returning(event.requestId, event.leases, monotonicMs));
        return;
      case "reserve":
      case "force-release":
      case "raise-floors":
        this.operations.push(new Adjusting(event.requestId, event, monotonicMs, this.pace.releaseMs));
        return;
      case "horizon":
        this.operations.push(new HorizonReading(event.requestId, monotonicMs, this.pace.releaseMs));
        return;
      case "abandon":
        this.abandon(monotonicMs);
        return;
      case "store-time":
        this.compareClocks(event.storeNowMs, moment);
        return;
      case "woken":
        if (this.flight !== null && monotonicMs >= this.flight.lostAtMs) {
          this.fail(this.land(), answerLost(this.pace.answerMs), moment);
        }
        return;
      default:
        // A late answer to a call that was given up says nothing: the read that followed has shown what is true.
        if (this.flight?.callId === event.callId) this.answer(event, this.land(), moment);
    }
  }

  private answer(event: Extract<KeeperEvent, { readonly callId: number }>, flight: Flight, moment: Moment): void {
    const { operation } = flight;
    if (event.kind === "failed") {
      this.fail(flight, event.error, moment);
      return;
    }
    operation.failures = 0;
    if (event.kind === "read") {
      this.compareClocks(event.storeNowMs, moment);
      this.effects.push(...this.holdings.reconcile(event.registers));
      this.follow(operation, operation.afterRead(this.view(moment, event.registers, "read")), moment);
    } else if (event.outcome === "conflict") {
      this.conflict(flight, moment);
    } else {
      operation.conflicts = 0;
      const written = flight.writes.map(asStored);
      this.effects.push(...this.holdings.reconcile(written));
      this.follow(operation, operation.afterWrite(this.view(moment, []), written), moment);
    }
  }

  /** A host whose clock is too far from the store's takes itself out, and comes back when the clock is right. */
  private compareClocks(storeNowMs: number, { nowMs, monotonicMs }: Moment): void {
    this.storeClock = { storeNowMs, monotonicMs };
    const { windowMs, maxLeadMs } = this.options;
    const leadMs = wrongLeadMs({ windowMs, maxLeadMs, nowMs, storeNowMs });
    const [isWrong, wasWrong] = [leadMs !== 0, this.leadMs !== 0];
    this.leadMs = leadMs;
    if (isWrong || wasWrong) this.effects.push({ kind: "clock", leadMs });
    if (!isWrong || wasWrong) return;
    const { message } = clockOff(leadMs);
    const code = leadMs > 0 ? "CLOCK_AHEAD" : "CLOCK_BEHIND";
    this.effects.push({ kind: "warned", warning: { code, message } });
  }

  private conflict(flight: Flight, moment: Moment): void {
    const { operation, writes } = flight;
    this.holdings.refused(writes);
    const step = operation.afterConflict(this.view(moment, []), writes[0]!.register.nonce);
    operation.conflicts++;
    if (operation.conflicts < MOST_CONFLICTS) this.follow(operation, step, moment);
    else this.fail(flight, endlessConflicts(operation.conflicts), moment);
  }

  private fail(flight: Flight, error: unknown, moment: Moment): void {
    const { operation } = flight;
    operation.failures++;
    operation.conflicts = 0;
    const pause: Step = {
      kind: "wait",
      untilMonotonicMs: moment.monotonicMs + retryDelayMs(this.pace, operation.failures, moment.chance),
    };
    this.follow(operation, operation.afterFailure(this.view(moment, []), error) ?? pause, moment);
  }

  /** Starts what is due, until a call is under way or nothing is due. */
  private startNext(moment: Moment): void {
    while (this.flight === null) {
      const due = [...this.operations, this.renewal].filter((operation) => operation.dueMs <= moment.monotonicMs);
      if (due.length === 0) return;
      const next = due.reduce((first, other) => (other.rank < first.rank ? other : first));
      this.follow(next, next.begin(this.view(moment, [])), moment);
    }
  }

  private follow(operation: Operation, step: Step, moment: Moment): void {
    switch (step.kind) {
      case "read":
        this.launch(operation, [], moment);
        return;
      case "write":
        this.launch(operation, step.writes, moment);
        return;
      case "wait":
        operation.dueMs = step.untilMonotonicMs;
        return;
      case "finish":
        this.operations = this.operations.filter((other) => other !== operation);
        this.effects.push(...step.effects);
        if (step.effects.some((effect) => this.isLateGrant(effect, moment))) this.renewal.hasten(moment.monotonicMs);
    }
  }

  /** Whether a grant comes when a renewal would already be due: its answer was lost, or the keeper was paused. */
  private isLateGrant(effect: KeeperEffect, { nowMs }: Moment): boolean {
    const { layout, windowMs } = this.options;
    const least = limitAhead(layout, nowMs, windowMs - this.pace.renewMs);
    return effect.kind === "granted" && effect.grants.some(({ purpose, limit }) => purpose === "live" && limit < least);
  }

  private launch(operation: Operation, writes: readonly RegisterWrite[], moment: Moment): void {
    const callId = ++this.callId;
    this.effects.push(...this.holdings.floors(writes));
    this.holdings.attempted(writes);
    this.flight = { callId, operation, writes, lostAtMs: moment.monotonicMs + this.pace.answerMs };
    this.effects.push(writes.length === 0 ? { kind: "read", callId } : { kind: "write", callId, writes });
  }

  private land(): Flight {
    const flight = this.flight!;
    this.flight = null;
    return flight;
  }

  private returning(requestId: number, leases: readonly ClosedLease[], monotonicMs: number): Returning {
    const returned = leases.flatMap((lease) => {
      const held = this.holdings.remove(lease, lease.generation);
      // Not held: it was lost or released before, and there is nothing to give back.
      if (held === undefined) return [];
      return [{ held, last: lease.last }];
    });
    return new Returning(requestId, returned, monotonicMs, this.pace.releaseMs);
  }

  private abandon(monotonicMs: number): void {
    for (const operation of this.operations) {
      if (!(operation instanceof Acquisition)) continue;
      const refusal = operation.abandon(monotonicMs);
      // What is in flight may have been granted: it is told so, and gives it back.
      if (this.flight?.operation === operation) continue;
      this.operations = this.operations.filter((other) => other !== operation);
      this.effects.push(refusal);
    }
  }

  private nextWakeMs(): number {
    if (this.flight !== null) return this.flight.lostAtMs;
    return Math.min(this.renewal.dueMs, ...this.operations.map((operation) => operation.dueMs));
  }

  private view(
    moment: Moment,
    registers: readonly StoredRegister[],
    storeClock: View["storeClock"] = "estimated",
  ): View {
    const { monotonicMs, lasts } = moment;
    // Written out: a spread that is added to was most of what an event costs.
    const { layout, windowMs, maxLeadMs, marginMs } = this.options;
    const basis: PlanBasis = {
      layout,
      windowMs,
      maxLeadMs,
      marginMs,
      registers,
      nowMs: moment.nowMs,
      storeNowMs: this.storeNowMs(moment),
      nonce: moment.nonce,
      chance: moment.chance,
    };
    return { basis, monotonicMs, lasts, holdings: this.holdings, pace: this.pace, storeClock };
  }

  private storeNowMs(moment: Moment): number {
    if (this.storeClock === null) return moment.nowMs;
    return this.storeClock.storeNowMs + (moment.monotonicMs - this.storeClock.monotonicMs);
  }
}

/** An acknowledged write, in the shape in which the store would return it. */
function asStored(write: RegisterWrite): StoredRegister {
  const { datacenterId, machineId, register, expectedVersion } = write;
  return { datacenterId, machineId, register, version: expectedVersion + 1, claimed: register.holder !== null };
}
