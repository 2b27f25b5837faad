import type { Lease } from "@shardflake/pool/protocol";
import type { Interruption, RestartInterruption } from "../scenario/interruptions.js";
import type { Foresight } from "./foresight.js";
import type { HostClock } from "./host-clock.js";
import type { StoreMessage } from "./keeper-shell.js";
import type { MemberParts, Rebirth, Role } from "./member-parts.js";
import type { RequestLine } from "./request-line.js";
import { Standstill } from "./standstill.js";
import type { StoreNetwork } from "./store-network.js";
import type { VirtualProcess } from "./virtual-process.js";
import type { Witness } from "./witness.js";

/** How long a process that was told to end may take to give its machine ID back: what the command allows itself. */
const RELEASE_BOUND_MS = 2000;

/** One place in the fleet: a host on which one process after the other runs, stands still and ends, as the faults have it. */
export class Member {
  readonly shard: number;
  readonly clock: HostClock;
  readonly line: RequestLine;
  readonly witness: Witness;
  /** True time of the next event here. */
  nextMs = 0;
  process: VirtualProcess | null = null;
  /** The way to the store; `null` for a twin, which hears the answers that its original gets. */
  network: StoreNetwork | null = null;
  /** Copies to be: they live through whatever this member lives through, by themselves and in silence. */
  twins: readonly Member[] = [];
  private readonly parts: MemberParts;
  private role: Role = { kind: "holder" };
  private interruptions: readonly Interruption[];
  private interruption = 0;
  /** Processes are numbered from here. */
  private firstNumber: number;
  private incarnation = 0;
  private mail: { readonly message: StoreMessage; readonly process: number }[] = [];
  /** When the next thing happens that is no request. */
  private otherMs = 0;
  private changesSeen = 0;
  private startMs = 0;
  /** When the process ends for ever; when it ends although its machine ID is not given back. */
  private endMs: number = Number.POSITIVE_INFINITY;
  private releaseByMs: number = Number.POSITIVE_INFINITY;
  private readonly standstill = new Standstill();
  private leaseSeen: Lease | null = null;
  private absorptionsSeen = 0;
  /** Restarts whose new process has no machine ID yet. */
  private restarts: number[] = [];

  constructor(parts: MemberParts, firstNumber: number) {
    this.parts = parts;
    this.shard = parts.shard;
    this.clock = parts.clock;
    this.line = parts.line;
    this.witness = parts.witness;
    this.interruptions = parts.interruptions;
    this.firstNumber = firstNumber;
  }

  /** Lets happen what is due. */
  step(nowMs: number): void {
    const { process, line } = this;
    this.clock.trueMs = nowMs;
    if (nowMs < this.otherMs && process !== null && this.mail.length === 0) {
      line.serve(nowMs, process);
      if (process.changes === this.changesSeen) {
        this.nextMs = line.nextMs < this.otherMs ? line.nextMs : this.otherMs;
        return;
      }
    } else {
      this.change(nowMs);
    }
    this.plan();
  }

  /**
   * Works out what comes next here, as long as it concerns nobody else. Not where there is a twin, which lives through the
   * same step by step. Returns whether there is anything to tell.
   * @param index the member's place in the foresight
   */
  foresee(nowMs: number, foresight: Foresight, index: number): boolean {
    const { process, line, clock, otherMs } = this;
    if (nowMs >= otherMs || process === null || line.firstMs !== nowMs || this.twins.length > 0) return false;
    foresight.begin(index, process.holding);
    line.foresee(Math.min(otherMs, clock.watchFromMs, nowMs + foresight.horizonMs), process, clock, foresight);
    this.nextMs = Math.min(line.nextMs, otherMs);
    return foresight.conclude(nowMs);
  }

  /** A message of the store arrives at the host. */
  receive(message: StoreMessage, process: number): void {
    this.mail.push({ message, process });
    for (const twin of this.twins) twin.mail.push({ message, process });
  }

  /** While its process stands still, another member has taken its place; it is killed at the latest `afterMs` after it woke. */
  replaceBy(successor: Member, fault: number, afterMs: number): void {
    this.role = { kind: "zombie", fault, successor, afterMs };
    this.interruptions = [];
    this.twins = [];
  }

  /** A twin becomes a process of its own. Returns whether there was a process to copy. */
  emerge({ fault, time, observer, network, fromMs, untilMs, firstNumber }: Rebirth): boolean {
    const { process } = this;
    this.clock.trueMs = fromMs;
    if (process === null) return false;
    this.interruptions = [];
    this.startMs = Number.POSITIVE_INFINITY;
    this.endMs = untilMs;
    this.firstNumber = firstNumber;
    this.network = network;
    this.standstill.end();
    this.restarts = [];
    this.role = { kind: "clone", fault, served: this.line.served };
    this.clock.become(time);
    this.witness.speak(observer);
    this.line.inHand.forget();
    process.declare();
    process.separate(firstNumber);
    return true;
  }

  /** The scenario is over. */
  conclude(nowMs: number): void {
    this.clock.trueMs = nowMs;
    this.line.conclude(nowMs);
    this.sawClone();
  }

  private change(nowMs: number): void {
    while ((this.interruptions[this.interruption]?.fromMs ?? Number.POSITIVE_INFINITY) <= nowMs) {
      this.begin(this.interruptions[this.interruption++]!, nowMs);
    }
    if (nowMs >= this.endMs) this.end(nowMs);
    if (this.process === null && nowMs >= this.startMs) this.start();
    if (this.network !== null && nowMs >= this.network.nextMs) this.network.carry(nowMs);
    if (this.standstill.holds(nowMs)) return;
    if (this.process === null) this.line.refuse(nowMs, "SHARD_CRASHED");
    else this.run(nowMs, this.process);
  }

  private run(nowMs: number, process: VirtualProcess): void {
    // Whoever wakes up may issue before its keeper has heard anything.
    if (this.standstill.untilMs !== null) this.resume(nowMs, process);
    const { mail } = this;
    this.mail = [];
    for (const { message, process: number } of mail) if (number === this.number) process.hears(message);
    if (nowMs >= process.dueMs) process.run();
    if (process.state === "released" || nowMs >= this.releaseByMs) {
      this.kill(nowMs);
      return;
    }
    if (process.lease !== null && process.lease !== this.leaseSeen) this.leased(process.lease);
    this.line.serve(nowMs, process);
    if (process.fenced > 0) this.fenced(nowMs);
  }

  private plan(): void {
    const { process, line, network, standstill } = this;
    const interruption = this.interruptions[this.interruption]?.fromMs ?? Number.POSITIVE_INFINITY;
    const networkMs = network?.nextMs ?? Number.POSITIVE_INFINITY;
    const quietMs = Math.min(interruption, networkMs, this.endMs);
    if (standstill.untilMs !== null) {
      this.otherMs = Math.min(quietMs, standstill.untilMs);
      this.nextMs = this.otherMs;
      return;
    }
    if (process !== null) {
      line.lookAgain(this.clock.trueMs, process);
      for (; this.absorptionsSeen < process.clock.absorptions; this.absorptionsSeen++) {
        this.witness.branch("half-rate-absorption");
      }
    }
    this.changesSeen = process?.changes ?? 0;
    const ownMs = process === null ? this.startMs : Math.min(process.dueMs, this.releaseByMs);
    this.otherMs = Math.min(quietMs, ownMs);
    this.nextMs = Math.min(this.otherMs, line.nextMs);
  }

  private begin(interruption: Interruption, nowMs: number): void {
    const { process } = this;
    switch (interruption.kind) {
      case "pause":
      case "zombie":
        if (process !== null) {
          if (this.standstill.untilMs === null) this.line.inHand.take(nowMs, process);
          this.standstill.begin(interruption.fault, interruption.toMs);
          if (interruption.kind === "zombie") this.parts.beyond(interruption, this);
        } else if (interruption.kind === "pause" && interruption.of === "host") {
          this.startMs = Math.max(this.startMs, interruption.toMs);
        }
        return;
      case "clone":
        this.parts.beyond(interruption, this);
        return;
      case "restart":
        this.restart(interruption, nowMs);
        return;
      case "store":
      // The network knows.
    }
  }

  private restart({ fault, exit, toMs }: RestartInterruption, nowMs: number): void {
    this.restarts.push(fault);
    this.startMs = this.process === null ? Math.max(this.startMs, toMs) : toMs;
    if (this.process === null) return;
    if (exit === "kill" || this.standstill.untilMs !== null) {
      this.kill(nowMs);
    } else {
      this.releaseByMs = nowMs + RELEASE_BOUND_MS;
      this.process.release();
    }
  }

  private start(): void {
    this.incarnation++;
    this.absorptionsSeen = 0;
    this.startMs = Number.POSITIVE_INFINITY;
    this.process = this.parts.start(this.incarnation, (request) => {
      this.network?.send(request, this.number, this.clock.trueMs);
    });
  }

  private resume(nowMs: number, process: VirtualProcess): void {
    const { line, role } = this;
    const hadInHand = line.inHand.handOver(nowMs);
    const wasMissed = hadInHand || line.hasArrived(nowMs);
    for (const fault of this.standstill.end()) if (wasMissed) this.saw(fault);
    if (role.kind === "zombie") {
      this.endMs = nowMs + role.afterMs;
      line.skipTo(nowMs);
      if (hadInHand && role.successor.process?.lease) this.witness.branch("old-window-after-replacement");
    }
    line.serve(nowMs, process);
  }

  /** The process here, or the one before it, had another lease. */
  private leased(lease: Lease): void {
    const { leaseSeen: before, witness } = this;
    this.leaseSeen = lease;
    for (const fault of this.restarts) this.saw(fault);
    this.restarts = [];
    if (before === null) return;
    const isSame = before.datacenterId === lease.datacenterId && before.machineId === lease.machineId;
    witness.branch(isSame ? "same-machine-id" : "other-machine-id");
  }

  /** Another holder has the machine ID of this one. */
  private fenced(nowMs: number): void {
    const { role, process } = this;
    process!.fenced = 0;
    if (role.kind === "holder") return;
    this.saw(role.fault);
    this.witness.branch(role.kind === "zombie" ? "fenced-zombie" : "fenced-clone");
    if (role.kind === "zombie") this.end(nowMs);
  }

  private kill(nowMs: number): void {
    this.process?.abandonLease();
    this.process = null;
    this.parts.ended(this.number);
    this.releaseByMs = Number.POSITIVE_INFINITY;
    // Whoever took its time to give its machine ID back is replaced at once.
    this.startMs = Math.max(this.startMs, nowMs);
    this.standstill.end();
    this.mail = [];
    this.line.inHand.drop(nowMs, "SHARD_CRASHED");
    this.line.refuse(nowMs, "SHARD_CRASHED");
  }

  /** Ends for ever: what is asked next is asked of others. */
  private end(nowMs: number): void {
    this.sawClone();
    this.line.close();
    this.kill(nowMs);
    this.endMs = Number.POSITIVE_INFINITY;
    this.startMs = Number.POSITIVE_INFINITY;
  }

  /** A copy that issued nothing was seen by nobody. */
  private sawClone(): void {
    const { role, line } = this;
    if (role.kind === "clone" && line.served > role.served) this.saw(role.fault);
  }

  private saw(fault: number): void {
    this.witness.observer.faultSeen(fault, this.shard, this.clock.trueMs);
  }

  private get number(): number {
    return this.firstNumber + this.incarnation;
  }
}
