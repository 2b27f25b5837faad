import type { Holding, Observer } from "./observer.js";

/** Passes on what a world tells to several observers, to the two that every run has without a loop. */
export class Audience implements Observer {
  private readonly first: Observer;
  private readonly second: Observer;
  private readonly others: readonly Observer[];

  constructor(first: Observer, second: Observer, others: readonly Observer[]) {
    this.first = first;
    this.second = second;
    this.others = others;
  }

  held(holding: Holding, atMs: number): void {
    this.each((observer) => observer.held(holding, atMs));
  }

  extended(holding: number, limit: number, atMs: number): void {
    this.each((observer) => observer.extended(holding, limit, atMs));
  }

  ended(holding: number, limit: number, atMs: number): void {
    this.each((observer) => observer.ended(holding, limit, atMs));
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
    this.first.issued(holding, requestedMs, completedMs, errorMs, high, low, count);
    this.second.issued(holding, requestedMs, completedMs, errorMs, high, low, count);
    if (this.others.length === 0) return;
    for (const observer of this.others) {
      observer.issued(holding, requestedMs, completedMs, errorMs, high, low, count);
    }
  }

  refused(shard: number, requestedMs: number, completedMs: number, count: number, code: string | null): void {
    this.each((observer) => observer.refused(shard, requestedMs, completedMs, count, code));
  }

  unanswered(shard: number, requestedMs: number, endMs: number, count: number): void {
    this.each((observer) => observer.unanswered(shard, requestedMs, endMs, count));
  }

  horizon(tick: number, atMs: number): void {
    this.each((observer) => observer.horizon(tick, atMs));
  }

  faultSeen(fault: number, shard: number, atMs: number): void {
    this.each((observer) => observer.faultSeen(fault, shard, atMs));
  }

  branch(name: string): void {
    this.each((observer) => observer.branch(name));
  }

  private each(tell: (observer: Observer) => void): void {
    tell(this.first);
    tell(this.second);
    for (const observer of this.others) tell(observer);
  }
}
