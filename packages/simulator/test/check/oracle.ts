import type { Layout } from "@shardflake/core";
import type { Holding, InvariantName } from "../../src/index.js";
import type { Observation } from "./observations.js";

/** One ID with all that was told of it. */
interface Issue {
  readonly id: bigint;
  readonly holding: number;
  readonly requestedMs: number;
  readonly completedMs: number;
  readonly errorMs: number;
}

/** What the checks must come to, the slow and obvious way: IDs (or windows) that violate each invariant. */
export interface Findings {
  readonly counts: Partial<Record<InvariantName, number>>;
  readonly kRadius: number;
  readonly largestInversionMs: number;
}

/** Judges what was told by comparing every ID with every earlier one. The scenario starts at the layout's epoch. */
export function judge(layout: Layout, observations: readonly Observation[]): Findings {
  const book = new Book(layout);
  const counts: Partial<Record<InvariantName, number>> = {};
  const count = (invariant: InvariantName, isViolated: boolean): void => {
    if (isViolated) counts[invariant] = (counts[invariant] ?? 0) + 1;
  };
  let [kRadius, largestInversionMs] = [0, 0];
  const earlier: Issue[] = [];
  for (const observation of observations) {
    // Horizons are told of in tests of their own.
    if (observation.kind === "horizon") continue;
    if (observation.kind !== "issued") {
      count("windows", book.isWindowWrong(observation));
      continue;
    }
    for (let index = 0; index < observation.count; index++) {
      const issue: Issue = { ...observation, id: BigInt.asUintN(64, observation.id + BigInt(index)) };
      count(
        "unique",
        earlier.some((other) => other.id === issue.id && !book.isExempt(other, issue)),
      );
      count(
        "monotonic",
        earlier.some((other) => book.isStepBack(other, issue)),
      );
      count(
        "ordered",
        earlier.some((other) => book.isUnordered(other, issue)),
      );
      const inTick = earlier.filter((other) => book.sharesSequence(other, issue)).length + 1;
      count("capacity", inTick > layout.idsPerTick);
      count("layout", book.isOutsideLayout(issue));
      count("windows", book.isOutsideWindow(issue));
      count("fidelity", book.isUnfaithful(issue));
      for (const [place, other] of earlier.entries()) {
        if (other.id > issue.id) kRadius = Math.max(kRadius, earlier.length - place);
        largestInversionMs = Math.max(largestInversionMs, (book.tick(other) - book.tick(issue)) * layout.tickMs);
      }
      earlier.push(issue);
    }
  }
  return { counts, kRadius, largestInversionMs };
}

interface Told {
  readonly holding: Holding;
  limit: number;
  copiedLimit: number;
}

/** What was told of holdings so far, and what follows from the definitions. */
class Book {
  readonly #layout: Layout;
  readonly #told: Told[] = [];

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** Notes what was told of a holding, and says whether it makes windows overlap, or generations meet. */
  isWindowWrong(observation: Exclude<Observation, { kind: "issued" | "horizon" }>): boolean {
    if (observation.kind === "held") {
      const { holding } = observation;
      const others = this.#told.filter((other) => isSameMachine(other.holding, holding));
      const copiedLimit = holding.copy === "clone" ? -1 : Number.POSITIVE_INFINITY;
      const told = { holding, limit: holding.floor, copiedLimit };
      this.#told.push(told);
      const isRival = others.some(
        ({ holding: other }) =>
          other.generation === holding.generation &&
          (other.holder !== holding.holder || (other.copy === "original" && holding.copy === "original")),
      );
      return isRival || others.some((other) => areCrossed(other, told) || areCrossed(told, other));
    }
    const told = this.#told[observation.holding]!;
    if (observation.kind === "ended") {
      told.limit = observation.limit;
      return false;
    }
    if (told.copiedLimit < 0) told.copiedLimit = observation.limit;
    told.limit = Math.max(told.limit, observation.limit);
    return this.#told.some((other) => isSameMachine(other.holding, told.holding) && areCrossed(told, other));
  }

  isExempt(a: Issue, b: Issue): boolean {
    const [one, other] = [this.#told[a.holding]!, this.#told[b.holding]!];
    return (
      a.holding !== b.holding &&
      isSameHolder(one.holding, other.holding) &&
      (one.holding.copy === "clone" || other.holding.copy === "clone") &&
      this.tick(b) <= Math.min(one.copiedLimit, other.copiedLimit)
    );
  }

  isStepBack(a: Issue, b: Issue): boolean {
    const [one, other] = [this.#told[a.holding]!.holding, this.#told[b.holding]!.holding];
    if (!isSameMachine(one, other)) return false;
    if (one.generation < other.generation) return a.id >= b.id;
    if (one.generation > other.generation) return a.id <= b.id;
    return isSameHolder(one, other) && a.completedMs < b.requestedMs && a.id >= b.id && !this.isExempt(a, b);
  }

  isUnordered(a: Issue, b: Issue): boolean {
    const errorMs = Math.max(a.errorMs, b.errorMs);
    return b.requestedMs - a.completedMs > 2 * errorMs + this.#layout.tickMs && a.id >= b.id;
  }

  /** Whether both count to the same sequence of a tick. */
  sharesSequence(a: Issue, b: Issue): boolean {
    const bits = BigInt(this.#layout.sequenceBits);
    return a.id >> bits === b.id >> bits && !this.isExempt(a, b);
  }

  isOutsideLayout({ id, holding }: Issue): boolean {
    const { totalBits, machineBits, datacenterBits, sequenceBits } = this.#layout;
    const { datacenterId, machineId } = this.#told[holding]!.holding;
    const rest = id >> BigInt(sequenceBits);
    const carried = BigInt.asUintN(machineBits + datacenterBits, rest);
    return (
      id >> BigInt(totalBits) !== 0n || carried !== (BigInt(datacenterId) << BigInt(machineBits)) + BigInt(machineId)
    );
  }

  isOutsideWindow(issue: Issue): boolean {
    const { holding, limit } = this.#told[issue.holding]!;
    const tick = this.tick(issue);
    return tick <= holding.floor || tick > limit;
  }

  isUnfaithful(issue: Issue): boolean {
    const { tickMs } = this.#layout;
    const startMs = this.tick(issue) * tickMs;
    const distanceMs = Math.max(0, issue.requestedMs - startMs, startMs - issue.completedMs);
    return distanceMs > issue.errorMs + tickMs;
  }

  tick({ id }: Issue): number {
    const { datacenterBits, machineBits, sequenceBits } = this.#layout;
    return Number(BigInt.asUintN(63, id) >> BigInt(datacenterBits + machineBits + sequenceBits));
  }
}

function isSameMachine(a: Holding, b: Holding): boolean {
  return a.datacenterId === b.datacenterId && a.machineId === b.machineId;
}

function isSameHolder(a: Holding, b: Holding): boolean {
  return isSameMachine(a, b) && a.generation === b.generation && a.holder === b.holder;
}

/** Whether the window of the lower generation reaches into that of the higher one. */
function areCrossed(lower: Told, higher: Told): boolean {
  return lower.holding.generation < higher.holding.generation && lower.limit > higher.holding.floor;
}
