import { LOW_HALF } from "@shardflake/core";
import type { Holding, Observer } from "./observer.js";

/** First word of each record: what kind of call it was. */
const HELD = 1;
const EXTENDED = 2;
const ENDED = 3;
const ISSUED = 4;
const REFUSED = 5;
const UNANSWERED = 6;
const FAULT_SEEN = 7;
const BRANCH = 8;
const HORIZON = 9;

/**
 * Hashes everything a world tells, in the order of telling, into 64 bits: two lanes of 32 that take turns, each step an
 * exclusive or, a rotation and an odd multiplication (the multipliers and rotations of MurmurHash3, Austin Appleby, public
 * domain), folded into one another after each record and finished by MurmurHash3's finaliser. Numbers go in as the two words of their double, so
 * that a difference in the last bit of a time shows.
 */
export class TraceHash implements Observer {
  private a = 0x5a17f1a6;
  private b = 0x1d0e5eed;
  private readonly double = new Float64Array(1);
  private readonly words = new Int32Array(this.double.buffer);

  held(holding: Holding, atMs: number): void {
    this.word(HELD);
    this.number(holding.shard);
    this.text(holding.holder);
    this.number(holding.datacenterId);
    this.number(holding.machineId);
    this.number(holding.generation);
    this.number(holding.floor);
    this.text(holding.copy);
    this.number(atMs);
    this.fold();
  }

  extended(holding: number, limit: number, atMs: number): void {
    this.pair(EXTENDED, holding);
    this.number(limit);
    this.number(atMs);
    this.fold();
  }

  ended(holding: number, limit: number, atMs: number): void {
    this.pair(ENDED, holding);
    this.number(limit);
    this.number(atMs);
    this.fold();
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
    this.pair(ISSUED, holding);
    this.number(requestedMs);
    this.number(completedMs);
    this.number(errorMs);
    this.pair(high, low);
    this.word(count);
    this.fold();
  }

  refused(shard: number, requestedMs: number, completedMs: number, count: number, code: string | null): void {
    this.pair(REFUSED, shard);
    this.number(requestedMs);
    this.number(completedMs);
    this.number(count);
    this.text(code ?? "");
    this.fold();
  }

  unanswered(shard: number, requestedMs: number, endMs: number, count: number): void {
    this.pair(UNANSWERED, shard);
    this.number(requestedMs);
    this.number(endMs);
    this.number(count);
    this.fold();
  }

  horizon(tick: number, atMs: number): void {
    this.word(HORIZON);
    this.number(tick);
    this.number(atMs);
    this.fold();
  }

  faultSeen(fault: number, shard: number, atMs: number): void {
    this.pair(FAULT_SEEN, fault);
    this.number(shard);
    this.number(atMs);
    this.fold();
  }

  branch(name: string): void {
    this.word(BRANCH);
    this.text(name);
    this.fold();
  }

  /** 16 hexadecimal digits. */
  digest(): string {
    return hex(finished(this.a)) + hex(finished(this.b));
  }

  private word(word: number): void {
    this.a = Math.imul(rotated(this.a ^ word, 15), 0xcc9e2d51);
  }

  private pair(first: number, second: number): void {
    this.a = Math.imul(rotated(this.a ^ first, 15), 0xcc9e2d51);
    this.b = Math.imul(rotated(this.b ^ second, 13), 0x1b873593);
  }

  private number(value: number): void {
    // Both zeros are the same time.
    this.double[0] = value + 0;
    this.pair(this.words[LOW_HALF]!, this.words[1 - LOW_HALF]!);
  }

  private text(text: string): void {
    this.word(text.length);
    for (let i = 0; i < text.length; i++) this.word(text.charCodeAt(i));
  }

  private fold(): void {
    this.a = (this.a + rotated(this.b, 16)) | 0;
    this.b ^= this.a;
  }
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function finished(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}
