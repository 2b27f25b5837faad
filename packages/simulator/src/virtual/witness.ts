import type { Holding, Observer } from "../observation/observer.js";

/** Branches that matter: a run that never takes them has not tested them. */
export type Branch =
  | "takeover"
  | "reuse-after-release"
  | "same-machine-id"
  | "other-machine-id"
  | "floor-ahead-wait"
  | "machine-ids-taken-wait"
  | "late-grant"
  | "acquire-refused"
  | "acquire-conflict"
  | "renewal-conflict"
  | "fenced"
  | "fenced-zombie"
  | "fenced-clone"
  | "old-window-after-replacement"
  | "released"
  | "horizon-told"
  | "retired"
  | "clock-refused"
  | "clock-taken-out"
  | "half-rate-absorption"
  | "window-exhausted"
  | "sequence-exhausted"
  | "unspent-ticks-spent"
  | "request-expired"
  | "request-lost"
  | "answer-lost-after-write"
  | "answer-lost-after-read"
  | "write-after-caller-gave-up"
  | "store-refused"
  | "store-slow";

/** Numbers holdings in the order of telling. */
export interface Numbering {
  holdings: number;
}

const SILENT: Observer = {
  held() {},
  extended() {},
  ended() {},
  issued() {},
  refused() {},
  unanswered() {},
  horizon() {},
  faultSeen() {},
  branch() {},
};

/**
 * What one process tells of itself. The twin of a process that will be copied lives through the same events in silence,
 * until it is the copy.
 */
export class Witness {
  observer: Observer;
  copy: Holding["copy"];
  private readonly numbering: Numbering;

  private constructor(observer: Observer, copy: Holding["copy"], numbering: Numbering) {
    this.observer = observer;
    this.copy = copy;
    this.numbering = numbering;
  }

  static of(observer: Observer, numbering: Numbering): Witness {
    return new Witness(observer, "original", numbering);
  }

  static silent(numbering: Numbering): Witness {
    return new Witness(SILENT, "original", numbering);
  }

  /** From now on the twin tells what it does, as a copy. */
  speak(observer: Observer): void {
    this.observer = observer;
    this.copy = "clone";
  }

  get isSilent(): boolean {
    return this.observer === SILENT;
  }

  /** Returns the number of the holding; -1 in silence. */
  held(holding: Omit<Holding, "copy">, atMs: number): number {
    if (this.isSilent) return -1;
    this.observer.held({ ...holding, copy: this.copy }, atMs);
    return this.numbering.holdings++;
  }

  branch(branch: Branch): void {
    this.observer.branch(branch);
  }
}
