import { defineLayout, type Layout } from "@shardflake/core";
import { KeeperMachine } from "../../src/keeper/keeper-machine.js";
import type { Grant, KeeperEffect, KeeperEvent } from "../../src/keeper/keeper-protocol.js";
import { chanceOf } from "../../src/register/chance.js";
import { machineKey } from "../../src/register/machine-id.js";
import type { RegisterWrite, StoredRegister } from "../../src/register/register.js";

/** Room for 1024 machine IDs. */
const LAYOUT: Layout = defineLayout({ datacenterBits: 0, machineBits: 10 });
const START_MS = Date.UTC(2026, 0, 1);
export const WINDOW_MS = 6000;

type Call = Extract<KeeperEffect, { readonly callId: number }>;

/** A keeper among many, and the calls it has made. */
interface Member {
  readonly machine: KeeperMachine;
  readonly name: string;
  pending: Call[];
  wakeAtMs: number;
  grants: readonly Grant[];
  reads: number;
  readonly writesAtMs: number[];
}

/**
 * Many keepers on one store, in virtual time, with the worst timing there is: all of them act in the same moment, and each
 * sees what the store had before any of the others acted.
 */
export class Fleet {
  readonly members: readonly Member[];
  private readonly registers = new Map<string, StoredRegister>();
  nowMs: number = START_MS;
  private serial = 0;

  constructor(size: number) {
    this.members = Array.from({ length: size }, (_, index) => ({
      machine: new KeeperMachine({ layout: LAYOUT, windowMs: WINDOW_MS, maxLeadMs: 86_400_000, marginMs: 10_000 }),
      name: `member-${index}`,
      pending: [],
      wakeAtMs: Number.POSITIVE_INFINITY,
      grants: [],
      reads: 0,
      writesAtMs: [],
    }));
  }

  /** All of them ask at once; returns when all have got what they wanted. */
  acquire(count: number): void {
    for (const member of this.members) {
      const request = { count, wanted: { purpose: "live" }, among: null, waitMs: 0 } as const;
      this.tell(member, { kind: "acquire", requestId: 1, request, holder: member.name });
    }
    while (this.members.some(({ pending }) => pending.length > 0)) this.round();
  }

  /** Lets time pass, in which every call is answered at once. */
  pass(ms: number, stepMs: number): void {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs; ) {
      this.nowMs += stepMs;
      for (const member of this.members) if (member.wakeAtMs <= this.nowMs) this.tell(member, { kind: "woken" });
      while (this.members.some(({ pending }) => pending.length > 0)) this.round();
    }
  }

  /** Everybody's reads see the same state; then everybody's writes are done one after the other. */
  private round(): void {
    const calls = this.members.flatMap((member) => member.pending.splice(0).map((call) => ({ member, call })));
    const registers = [...this.registers.values()];
    const answers = calls.map(({ member, call }) => ({ member, event: this.answer(member, call, registers) }));
    for (const { member, event } of answers) this.tell(member, event);
  }

  private answer(member: Member, call: Call, registers: readonly StoredRegister[]): KeeperEvent {
    const { callId } = call;
    if (call.kind === "read") {
      member.reads++;
      return { kind: "read", callId, registers, storeNowMs: this.nowMs };
    }
    member.writesAtMs.push(this.nowMs);
    return { kind: "written", callId, outcome: this.write(call.writes) };
  }

  private write(writes: readonly RegisterWrite[]): "done" | "conflict" {
    const versionOf = (write: RegisterWrite) => this.registers.get(machineKey(write))?.version ?? 0;
    if (writes.some((write) => versionOf(write) !== write.expectedVersion)) return "conflict";
    for (const { expectedVersion, ...stored } of writes) {
      this.registers.set(machineKey(stored), { ...stored, version: expectedVersion + 1, claimed: true });
    }
    return "done";
  }

  private tell(member: Member, event: KeeperEvent): void {
    const nonce = `${member.name}/${++this.serial}`;
    const lasts = new Map<string, number>();
    const moment = { nowMs: this.nowMs, monotonicMs: this.nowMs, nonce, chance: chanceOf(nonce), lasts };
    for (const effect of member.machine.handle(event, moment)) {
      if (effect.kind === "read" || effect.kind === "write") member.pending.push(effect);
      else if (effect.kind === "wake") member.wakeAtMs = effect.atMonotonicMs;
      else if (effect.kind === "granted") member.grants = effect.grants;
      else if (effect.kind === "refused") throw effect.error;
    }
  }
}
