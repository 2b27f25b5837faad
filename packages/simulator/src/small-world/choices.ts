import type { StoredRegister } from "@shardflake/pool/protocol";
import type { Allowed, Bounds } from "./bounds.js";
import { acquire, askHorizon, receive, release, wake } from "./keeper-step.js";
import { copiedProcess, type Process, startedProcess } from "./process.js";
import type { Protocol } from "./protocol.js";
import type { Known, Registry } from "./registry.js";
import { carryOut } from "./store-step.js";
import { access, ask, close, type ThreadOutcome, useRest } from "./thread-step.js";
import type { Issue } from "./world.js";

/** One step of a process, or of the store or the network on its behalf. Calls and seats are named by their position. */
export type Move =
  | { readonly kind: "acquire" | "wake" | "release" | "horizon"; readonly tick: number }
  | { readonly kind: "receive"; readonly call: number; readonly tick: number }
  | { readonly kind: "carry out"; readonly call: number; readonly claimed: boolean }
  | { readonly kind: "ask"; readonly seat: number; readonly tick: number }
  | { readonly kind: "access" | "rest"; readonly seat: number }
  | { readonly kind: "close"; readonly seat: number }
  | { readonly kind: "crash" | "copy" };

/** What a move uses up of what may still happen. */
export type Spending = Allowed | "nothing";

/** A move that a process may make, and what it leads to. */
export interface Choice {
  readonly move: Move;
  readonly spends: Spending;
  readonly process: Known<Process>;
  /** The register after it, where the store has carried out a write. */
  readonly register: Known<StoredRegister> | null;
  /** The mark after it, likewise. */
  readonly mark: Known<StoredRegister> | null;
  readonly issued: Issue | null;
}

/** By mark, for one register. */
type StoreChoices = Map<Known<StoredRegister>, Map<Known<Process>, readonly Choice[]>>;

/** What every process may do, worked out once for each state of a process, and of the register where that matters. */
export class Choices {
  private readonly protocol: Protocol;
  private readonly readings: readonly number[];
  private readonly marginMs: number;
  private readonly registry: Registry;
  private readonly own = new Map<Spending, Map<Known<Process>, readonly Choice[]>>();
  private readonly copies = new Map<string, Map<Known<Process>, Known<Process>>>();
  private readonly atStore = new Map<Known<StoredRegister>, StoreChoices>();

  constructor(protocol: Protocol, { readings, marginMs }: Bounds, registry: Registry) {
    this.protocol = protocol;
    this.readings = readings;
    this.marginMs = marginMs;
    this.registry = registry;
  }

  /** What a process may do by itself, of all that spends the same. */
  of(known: Known<Process>, spends: Spending): readonly Choice[] {
    return memoised(innerMap(this.own, spends), known, () => this.ownChoices(known.value, spends));
  }

  /** What the store may do for a process. */
  atStoreOf(
    known: Known<Process>,
    { register, mark }: { readonly register: Known<StoredRegister>; readonly mark: Known<StoredRegister> },
  ): readonly Choice[] {
    const byMark = innerMap(this.atStore, register);
    return memoised(innerMap(byMark, mark), known, () => this.storeChoices(known.value, register, mark));
  }

  /** A clone of a process, under a name of its own. */
  copyOf(known: Known<Process>, name: string): Known<Process> {
    return memoised(innerMap(this.copies, name), known, () => this.registry.process(copiedProcess(known.value, name)));
  }

  /** Whether a process would take the record in the register for its own. */
  owns(known: Known<Process>, { value }: Known<StoredRegister>): boolean {
    return this.registry.holds(known, value.register.nonce);
  }

  private ownChoices(process: Process, spends: Spending): Choice[] {
    if (spends === "nothing") return [...this.threadChoices(process), ...this.freeChoices(process)];
    if (spends === "crashes") return [this.crash(process)];
    return process.closing === null ? this.keeperChoices(process, spends) : [];
  }

  private freeChoices(process: Process): Choice[] {
    if (process.closing !== null) return this.closingChoices(process, process.closing);
    return process.calls.flatMap((each, call) =>
      each.answer === null
        ? []
        : this.atTicks(
            "nothing",
            (tick) => ({ kind: "receive", call, tick }),
            (tick) => receive(this.protocol, process, each, tick),
          ),
    );
  }

  private keeperChoices(process: Process, spends: Exclude<Allowed, "crashes">): Choice[] {
    const { protocol } = this;
    const { seats, flight, wakeAtMs, wanting, horizon } = process;
    const kept = seats.findIndex((seat) => seat.kept);
    switch (spends) {
      case "acquires":
        if (wanting || horizon !== null || kept !== -1) return [];
        return this.atTicks(
          spends,
          (tick) => ({ kind: "acquire", tick }),
          (tick) => acquire(protocol, process, tick),
        );
      case "horizons":
        if (wanting || horizon !== null) return [];
        return this.atTicks(
          spends,
          (tick) => ({ kind: "horizon", tick }),
          (tick) => askHorizon(protocol, process, tick),
        );
      case "releases":
        if (kept === -1) return [];
        return [this.choice({ kind: "close", seat: kept }, spends, close(protocol, process, seats[kept]!))];
      case "wakes":
      case "lostAnswers":
        if (wakeAtMs === Number.POSITIVE_INFINITY || (spends === "wakes") !== (flight === null)) return [];
        return this.atTicks(
          spends,
          (tick) => ({ kind: "wake", tick }),
          (tick) => wake(protocol, process, tick),
        );
    }
  }

  /** A keeper that is closing a slot does nothing else until it is closed. */
  private closingChoices(process: Process, closing: NonNullable<Process["closing"]>): Choice[] {
    const { protocol } = this;
    const seat = process.seats.findIndex(({ generation }) => generation === closing.generation);
    if (closing.steps < protocol.takerSteps.length) {
      return [this.choice({ kind: "close", seat }, "nothing", close(protocol, process, process.seats[seat]!))];
    }
    return this.atTicks(
      "nothing",
      (tick) => ({ kind: "release", tick }),
      (tick) => release(protocol, process, process.seats[seat]!, tick),
    );
  }

  private threadChoices(process: Process): Choice[] {
    return process.seats.flatMap((each, seat) => {
      if (each.asking !== null) {
        return [this.threadChoice({ kind: "access", seat }, access(this.protocol, process, each, each.asking))];
      }
      const wanted = this.readings.filter((tick) => tick > each.admitted);
      const asking = wanted.map((tick) =>
        this.threadChoice({ kind: "ask", seat, tick }, ask(this.protocol, process, each, tick)),
      );
      // Where floors do not rise, the rest of a tick is of no interest.
      if (this.marginMs === Number.POSITIVE_INFINITY) return asking;
      return [...asking, this.threadChoice({ kind: "rest", seat }, useRest(this.protocol, process, each))];
    });
  }

  private storeChoices(process: Process, register: Known<StoredRegister>, mark: Known<StoredRegister>): Choice[] {
    return process.calls.flatMap(({ answer, kind }, call) => {
      if (answer !== null) return [];
      // Whether a claim still stands is for the store to judge, and it may judge wrongly: it decides who gets a turn.
      const judgements = kind === "read" && register.value.register.holder !== null ? [true, false] : [false];
      return judgements.map((claimed) => {
        const before = { register: register.value, mark: mark.value };
        const { process: next, records } = carryOut(this.protocol, process, call, before, claimed);
        return {
          ...this.choice({ kind: "carry out", call, claimed }, "nothing", next),
          register: records.register === before.register ? null : this.registry.register(records.register),
          mark: records.mark === before.mark ? null : this.registry.register(records.mark),
        };
      });
    });
  }

  private crash(process: Process): Choice {
    const { name, drawn, calls, told } = process;
    // What it has sent to be written may still be; nobody waits for the answer.
    const written = calls.filter(({ kind, answer }) => kind !== "read" && answer === null);
    const started = startedProcess(name, drawn, this.marginMs, told);
    const after = { ...started, calls: written.map((call) => ({ ...call, callId: 0 })) };
    return this.choice({ kind: "crash" }, "crashes", after);
  }

  /** The choices that a keeper has at different readings of its clock, as far as they differ. */
  private atTicks(spends: Spending, move: (tick: number) => Move, after: (tick: number) => Process): Choice[] {
    const choices = this.readings.map((tick) => this.choice(move(tick), spends, after(tick)));
    return choices.filter(({ process }, i) => choices.findIndex((other) => other.process === process) === i);
  }

  private threadChoice(move: Move, { process, issued }: ThreadOutcome): Choice {
    return { ...this.choice(move, "nothing", process), issued };
  }

  private choice(move: Move, spends: Spending, process: Process): Choice {
    return {
      move,
      spends,
      process: this.registry.process(withoutDead(process, this.protocol)),
      register: null,
      mark: null,
      issued: null,
    };
  }
}

/** A thread that has yet to find its slot closed, or does not ask, issues nothing more. */
function withoutDead(process: Process, { holderSteps }: Protocol): Process {
  const { seats, closing } = process;
  const alive = seats.filter(({ owner, asking, generation }) => {
    if (owner === "open" || generation === closing?.generation) return true;
    return asking !== null && !holderSteps.includes("load owner", asking.steps);
  });
  return alive.length === seats.length ? process : { ...process, seats: alive };
}

function innerMap<A, B, V>(outer: Map<A, Map<B, V>>, key: A): Map<B, V> {
  return memoised(outer, key, () => new Map<B, V>());
}

function memoised<K, V>(known: Map<K, V>, key: K, work: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = work();
  known.set(key, value);
  return value;
}
