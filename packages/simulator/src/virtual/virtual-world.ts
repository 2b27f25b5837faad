import { defineLayout, type Layout } from "@shardflake/core";
import { mixed } from "../chance/hash.js";
import { arrivals } from "../load/arrivals.js";
import type { Observer } from "../observation/observer.js";
import type { Fault } from "../scenario/fault.js";
import { type Interruption, interruptionsOf } from "../scenario/interruptions.js";
import type { Scenario } from "../scenario/scenario.js";
import { targetsOf } from "../scenario/targets.js";
import { type ShardTime, shardTime } from "../time/shard-time.js";
import { Agenda } from "./agenda.js";
import { type Assignment, assignmentOf } from "./assignment.js";
import { type Build, OURS } from "./build.js";
import { Foresight } from "./foresight.js";
import { type HorizonAsking, horizonAskingOf } from "./horizon-asking.js";
import { HostClock, type UnseenFault } from "./host-clock.js";
import { Member } from "./member.js";
import type { MemberParts } from "./member-parts.js";
import { RegisterTable } from "./register-table.js";
import { RequestLine } from "./request-line.js";
import { StoreNetwork, type Trouble, troublesOf } from "./store-network.js";
import { VirtualProcess } from "./virtual-process.js";
import { type Numbering, Witness } from "./witness.js";

/** Events between two looks at the signal, and two reports of progress. */
const EVENTS_PER_TURN = 2 ** 17;
/** Keeps what is drawn for the network apart from whatever else is drawn for a shard. */
const NETWORK_SALT = 0x5708e;
/** A process of one member never has the number of another's. */
const NUMBERS_PER_MEMBER = 2 ** 20;
/** A zombie that nobody has fenced is found and killed so many windows after it woke up. */
const ZOMBIE_WINDOWS = 2;

/** Faults that are not, or not only, faults of a clock. */
const PROCESS_KINDS: readonly Fault["kind"][] = [
  "migration",
  "suspend",
  "clone",
  "pause",
  "restart",
  "zombie",
  "store",
];

/** How a virtual world is run. */
export interface VirtualWorldOptions {
  /** Ends the run early: looked at now and then, in a loop that gives nobody else a turn. */
  readonly signal?: AbortSignal;
  /** Told now and then what true time it is, in milliseconds. */
  readonly onProgress?: (atMs: number) => void;
  /** What the processes are built of. @default the real parts */
  readonly build?: Build;
  /** Whether a member works several answers out at a time. It makes no difference but in speed. @default "in-lots" */
  readonly answers?: "in-lots" | "one-by-one";
}

/**
 * Plays a scenario in virtual time, and tells the observer what happens. Returns whether it came to its end, or was ended
 * early. The same scenario, with the same build, tells the same on every run and machine.
 *
 * @throws LayoutError `LAYOUT_INVALID`
 */
export function runVirtualWorld(
  scenario: Scenario,
  observer: Observer,
  options: VirtualWorldOptions = {},
): "ended" | "aborted" {
  const { build = OURS, answers = "in-lots" } = options;
  const world = new VirtualWorld(scenario, observer, build, answers);
  world.begin();
  while (!world.turn(scenario.durationMs)) {
    options.onProgress?.(world.nowMs);
    if (options.signal?.aborted) return "aborted";
  }
  world.end();
  return "ended";
}

class VirtualWorld {
  nowMs = 0;
  private readonly scenario: Scenario;
  private readonly observer: Observer;
  private readonly times: ShardTime[];
  private readonly interruptions: readonly (readonly Interruption[])[];
  private readonly build: Build;
  private readonly inLots: boolean;
  private readonly layout: Layout;
  private readonly assignment: Assignment;
  private readonly horizonAsking: HorizonAsking;
  private readonly table = new RegisterTable();
  private readonly numbering: Numbering = { holdings: 0 };
  private readonly members: Member[] = [];
  private readonly agenda: Agenda;
  private readonly foresight: Foresight;
  private hosts = 0;

  constructor(scenario: Scenario, observer: Observer, build: Build, answers: "in-lots" | "one-by-one") {
    const idsPerMs = "idsPerSecond" in scenario.load ? scenario.load.idsPerSecond / 1000 : 0;
    this.scenario = scenario;
    this.observer = observer;
    this.build = build;
    this.inLots = answers === "in-lots" && idsPerMs > 0;
    this.layout = defineLayout(scenario.layout);
    this.assignment = assignmentOf(scenario, this.layout);
    this.horizonAsking = horizonAskingOf(scenario);
    const shards = Array.from({ length: scenario.shards }, (_, shard) => shard);
    this.times = shards.map((shard) => shardTime(scenario, shard, "original"));
    this.interruptions = shards.map((shard) => interruptionsOf(scenario, shard));
    const more = this.interruptions.flat().filter(({ kind }) => kind === "clone" || kind === "zombie").length;
    this.agenda = new Agenda(scenario.shards + more);
    this.foresight = new Foresight(scenario.shards + more, idsPerMs);
  }

  /** Brings the fleet up, one process after the other, before time passes. */
  begin(): void {
    for (let shard = 0; shard < this.scenario.shards; shard++) {
      const member = this.original(shard, `${shard}`, this.interruptions[shard]!, 0);
      member.network!.isInstant = true;
      this.add(member, 0);
      while (!this.turn(Number.MIN_VALUE));
      member.network!.isInstant = false;
    }
  }

  /** Lets a bounded number of events happen. Returns whether none is left before that time. */
  turn(untilMs: number): boolean {
    const { agenda, members, foresight, observer } = this;
    for (let event = 0; event < EVENTS_PER_TURN; event++) {
      const nowMs = agenda.firstMs;
      const { first } = agenda;
      if (foresight.firstMs < nowMs || (foresight.firstMs === nowMs && foresight.first <= first)) {
        if (foresight.firstMs >= untilMs) return true;
        foresight.tell(observer);
        continue;
      }
      if (nowMs >= untilMs) return true;
      const member = members[first]!;
      if (this.inLots && member.foresee(nowMs, foresight, first)) {
        agenda.advance(member.nextMs);
        continue;
      }
      this.nowMs = nowMs;
      member.step(nowMs);
      if (member.twins.length > 0) for (const twin of member.twins) twin.step(nowMs);
      agenda.advance(member.nextMs);
    }
    return false;
  }

  end(): void {
    for (const member of this.members) member.conclude(this.scenario.durationMs);
  }

  private add(member: Member, nowMs: number): void {
    this.agenda.set(this.members.push(member) - 1, nowMs);
  }

  /** A member with a way to the store, and the twins that will be its copies. */
  private original(shard: number, tag: string, interruptions: readonly Interruption[], fromMs: number): Member {
    const witness = Witness.of(this.observer, this.numbering);
    const host = this.hosts++;
    const firstNumber = host * NUMBERS_PER_MEMBER;
    const member = new Member(this.parts(shard, tag, interruptions, witness, fromMs), firstNumber);
    member.network = this.network(member, host, troublesOf(interruptions));
    const copies = interruptions.filter(({ kind }) => kind === "clone");
    member.twins = copies.map(() => {
      const silent = Witness.silent(this.numbering);
      return new Member(this.parts(shard, tag, interruptions, silent, fromMs), firstNumber);
    });
    return member;
  }

  private parts(
    shard: number,
    tag: string,
    interruptions: readonly Interruption[],
    witness: Witness,
    fromMs: number,
  ): MemberParts {
    const { scenario, build, layout, assignment, horizonAsking, table } = this;
    const { startMs, windowMs } = scenario;
    const clock = new HostClock(startMs, this.times[shard]!, clockFaultsOf(scenario, shard), (fault) => {
      witness.observer.faultSeen(fault, shard, clock.trueMs);
    });
    const line = new RequestLine(shard, layout, arrivals(scenario, shard), scenario.load.kind, witness);
    line.skipTo(fromMs);
    return {
      shard,
      clock,
      line,
      witness,
      interruptions,
      start: (incarnation, asks) =>
        new VirtualProcess({
          shard,
          tag: `${tag}-${incarnation}`,
          layout,
          windowMs,
          build,
          clock,
          among: assignment.among(shard),
          isOwnerGone: (id) => assignment.ended === "known" && table.isOwnerGone(id),
          horizonAsking,
          asks,
          witness,
        }),
      ended: (process) => {
        if (!witness.isSilent) table.ended(process);
      },
      beyond: (interruption, member) => {
        if (!witness.isSilent) this.beyond(interruption, member, tag);
      },
    };
  }

  private beyond(interruption: Interruption, member: Member, tag: string): void {
    if (interruption.kind === "clone") this.copy(interruption, member);
    else this.replace(interruption, member, tag);
  }

  private copy({ fault, toMs }: Interruption, member: Member): void {
    const { shard } = member;
    const [twin, ...others] = member.twins;
    if (twin === undefined) return;
    member.twins = others;
    const host = this.hosts++;
    const network = this.network(twin, host, troublesOf(this.interruptions[shard]!));
    const time = shardTime(this.scenario, shard, "clone");
    const firstNumber = host * NUMBERS_PER_MEMBER;
    const { observer } = this;
    const rebirth = { fault, time, observer, network, fromMs: this.nowMs, untilMs: toMs, firstNumber };
    if (twin.emerge(rebirth)) this.add(twin, this.nowMs);
  }

  private replace(interruption: Interruption, zombie: Member, tag: string): void {
    const { shard, line } = zombie;
    const all = this.interruptions[shard]!;
    const later = all.slice(all.indexOf(interruption) + 1);
    const successor = this.original(shard, `${tag}+${interruption.fault}`, later, line.firstMs);
    zombie.replaceBy(successor, interruption.fault, ZOMBIE_WINDOWS * this.scenario.windowMs);
    this.add(successor, this.nowMs);
  }

  private network(member: Member, host: number, troubles: readonly Trouble[]): StoreNetwork {
    const { scenario, table } = this;
    return new StoreNetwork({
      table,
      troubles,
      startMs: scenario.startMs,
      salt: mixed(mixed(scenario.seed, NETWORK_SALT), host),
      witness: member.witness,
      befell: (fault, atMs) => member.witness.observer.faultSeen(fault, member.shard, atMs),
      deliver: (answer, process) => member.receive(answer, process),
    });
  }
}

/** Faults that are seen by reading the clock; of the others the processes tell. */
function clockFaultsOf(scenario: Scenario, shard: number): readonly UnseenFault[] {
  return scenario.faults.flatMap(({ kind, atMs }, fault) =>
    PROCESS_KINDS.includes(kind) || !targetsOf(scenario, fault).includes(shard) ? [] : [{ fault, atMs }],
  );
}
