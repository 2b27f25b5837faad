import { mixed, unitOf } from "../chance/hash.js";
import type { Interruption } from "../scenario/interruptions.js";
import type { StoreAnswer, StoreMessage, StoreRequest } from "./keeper-shell.js";
import type { RegisterTable } from "./register-table.js";
import type { Branch, Witness } from "./witness.js";

/** Shortest and longest time a message is on its way, where nothing is wrong, in units of 1/1024 ms. */
const LEAST_LEG = 256;
const MOST_LEG = 1024;
const UNITS_PER_MS = 1024;

/** A call on its way to the store, or its answer on its way back. */
interface Call {
  readonly serial: number;
  readonly request: StoreRequest;
  /** Number of the process that asked. */
  readonly process: number;
  readonly backMs: number;
  atMs: number;
  answer: StoreAnswer | null;
}

/** A stretch of trouble between a process and its store. */
export interface Trouble {
  readonly fault: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly kind: "down" | "answers-lost" | "slow" | "partitioned";
  readonly delayMs: number;
}

/** The trouble among the interruptions of a shard: a zombie's calls are dropped as if there were no way to the store. */
export function troublesOf(interruptions: readonly Interruption[]): readonly Trouble[] {
  return interruptions.flatMap((interruption): Trouble[] => {
    const { fault, fromMs, toMs } = interruption;
    if (interruption.kind === "store") {
      return [{ fault, fromMs, toMs, kind: interruption.trouble, delayMs: interruption.delayMs }];
    }
    return interruption.kind === "zombie" ? [{ fault, fromMs, toMs, kind: "partitioned", delayMs: 0 }] : [];
  });
}

/** What a network is laid with. */
export interface NetworkOptions {
  readonly table: RegisterTable;
  readonly troubles: readonly Trouble[];
  /** True Unix milliseconds at the start of the scenario: the store's clock is right. */
  readonly startMs: number;
  readonly salt: number;
  readonly witness: Witness;
  /** Told when a trouble befell a call. */
  readonly befell: (fault: number, atMs: number) => void;
  /** Takes what arrives at the host. */
  readonly deliver: (message: StoreMessage, process: number) => void;
}

/**
 * The way between one host and the store. Calls and answers take time; in trouble they are slow, refused, or lost: a call
 * before the store has heard of it, or an answer after the store has done it.
 */
export class StoreNetwork {
  /** When the next call, or answer, arrives. */
  nextMs: number = Number.POSITIVE_INFINITY;
  /** Whether messages take no time: a world's processes are up when it begins. */
  isInstant = false;
  private readonly options: NetworkOptions;
  private calls: readonly Call[] = [];
  private serial = 0;
  private latestCallId = 0;
  private latestProcess = -1;

  constructor(options: NetworkOptions) {
    this.options = options;
  }

  send(request: StoreRequest, process: number, nowMs: number): void {
    const serial = ++this.serial;
    this.latestCallId = request.callId;
    this.latestProcess = process;
    const slow = this.trouble("slow", nowMs);
    if (slow !== undefined) this.strikes(slow, nowMs, "store-slow");
    const wholeMs = slow === undefined ? 0 : onGrid(slow.delayMs);
    const slowThereMs = onGrid(wholeMs * this.chance(serial, 2));
    const backMs = this.legMs(serial, 1) + wholeMs - slowThereMs;
    const atMs = nowMs + this.legMs(serial, 0) + slowThereMs;
    this.add({ serial, request, process, backMs, atMs, answer: null });
  }

  /** Lets arrive what is due. */
  carry(nowMs: number): void {
    const due = this.calls.filter((call) => call.atMs <= nowMs);
    this.calls = this.calls.filter((call) => call.atMs > nowMs);
    this.nextMs = this.calls.reduce((first, { atMs }) => Math.min(first, atMs), Number.POSITIVE_INFINITY);
    for (const call of due.sort((a, b) => a.atMs - b.atMs || a.serial - b.serial)) {
      if (call.answer === null) this.reach(call, nowMs);
      else this.comeBack(call, call.answer, nowMs);
    }
  }

  private reach(call: Call, nowMs: number): void {
    const { serial, backMs } = call;
    const partition = this.trouble("partitioned", nowMs);
    if (partition !== undefined) {
      this.strikes(partition, nowMs, "request-lost");
      return;
    }
    const outage = this.trouble("down", nowMs);
    const losing = this.trouble("answers-lost", nowMs);
    const luck = losing === undefined ? 1 : this.chance(serial, 3);
    if (outage !== undefined) {
      this.strikes(outage, nowMs, "store-refused");
      const error = new Error("connection refused");
      this.add({ ...call, atMs: nowMs + backMs, answer: { kind: "failed", callId: call.request.callId, error } });
    } else if (losing !== undefined && luck < 0.25) {
      this.strikes(losing, nowMs, "request-lost");
    } else {
      const answer = this.carryOut(call, nowMs);
      if (losing === undefined || luck >= 0.75) this.add({ ...call, atMs: nowMs + backMs, answer });
      else this.strikes(losing, nowMs, answer.kind === "read" ? "answer-lost-after-read" : "answer-lost-after-write");
    }
  }

  private comeBack({ process }: Call, answer: StoreAnswer, nowMs: number): void {
    const partition = this.trouble("partitioned", nowMs);
    if (partition !== undefined) {
      this.strikes(partition, nowMs, answer.kind === "read" ? "answer-lost-after-read" : "answer-lost-after-write");
      return;
    }
    this.options.deliver(answer, process);
    // A renewal reads nothing: the keeper asks for the store's time beside it.
    if (answer.kind === "written")
      this.options.deliver({ kind: "store-time", storeNowMs: this.storeNowMs(nowMs) }, process);
  }

  private carryOut({ request, process }: Call, nowMs: number): StoreAnswer {
    const { table, witness } = this.options;
    const { callId, writes } = request;
    if (writes.length === 0) {
      return { kind: "read", callId, registers: table.read(), storeNowMs: this.storeNowMs(nowMs) };
    }
    const outcome = table.write(writes, process, witness);
    const isGivenUp = process !== this.latestProcess || callId !== this.latestCallId;
    if (isGivenUp && outcome === "done") witness.branch("write-after-caller-gave-up");
    return { kind: "written", callId, outcome };
  }

  private storeNowMs(nowMs: number): number {
    return this.options.startMs + Math.floor(nowMs);
  }

  private trouble(kind: Trouble["kind"], nowMs: number): Trouble | undefined {
    return this.options.troubles.find((each) => each.kind === kind && each.fromMs <= nowMs && nowMs < each.toMs);
  }

  private strikes({ fault }: Trouble, nowMs: number, branch: Branch): void {
    this.options.befell(fault, nowMs);
    this.options.witness.branch(branch);
  }

  private add(call: Call): void {
    this.calls = [...this.calls, call];
    this.nextMs = Math.min(this.nextMs, call.atMs);
  }

  private legMs(serial: number, leg: number): number {
    if (this.isInstant) return 0;
    return (LEAST_LEG + Math.floor(this.chance(serial, leg) * (MOST_LEG - LEAST_LEG))) / UNITS_PER_MS;
  }

  private chance(serial: number, draw: number): number {
    return unitOf(mixed(mixed(this.options.salt, serial), draw));
  }
}

function onGrid(ms: number): number {
  return Math.floor(ms * UNITS_PER_MS) / UNITS_PER_MS;
}
