import { type Run, tickAt } from "../../src/index.js";
import type { Guarantee } from "../generator/guarantees.js";
import type { ClockKind, CreateGenerator } from "../generator/history.js";
import { PlainGenerator } from "./plain-generator.js";

/** A generator with one fault, and the guarantee that the fault breaks on a clock of this kind. */
export interface Mutant {
  readonly name: string;
  readonly breaks: Guarantee;
  readonly on: ClockKind;
  readonly create: CreateGenerator;
}

const ASCENDING = "issues strictly increasing IDs, hence none twice";
const WINDOW = "issues only above the floor and up to what the window admitted";
const SECTIONS = "keeps every section in its range and the sign bit 0";
const CAPACITY = "issues no more than idsPerTick in a tick";
const HONEST = "stamps a tick between request and completion wherever its clock is steady";
const TYPED = "issues what was asked for or throws a ShardflakeError";

/** twitter/snowflake issue 6. */
class ResetsSequenceFirst extends PlainGenerator {
  protected override spend(count: number, fromTick: number, toTick: number): Run[] {
    if (toTick !== this.lastTick && this.lastTick > this.floor()) this.sequence = 0;
    return super.spend(count, fromTick, toTick);
  }
}

/** bwmarrin/snowflake issue 20. */
class ChecksNoClock extends PlainGenerator {
  protected override spend(count: number, fromTick: number, toTick: number): Run[] {
    if (toTick < this.lastTick && this.mayIssue(toTick)) this.enter(toTick);
    return super.spend(count, fromTick, toTick);
  }
}

class ChecksNoOverflow extends PlainGenerator {
  protected override left(): number {
    return this.lastTick > this.floor() ? Number.POSITIVE_INFINITY : 0;
  }
  protected override idOf(tick: number, sequence: number): bigint {
    return super.idOf(tick, sequence % this.layout.idsPerTick);
  }
}

class CarriesIntoMachineId extends PlainGenerator {
  protected override left(): number {
    return this.lastTick > this.floor() ? Number.POSITIVE_INFINITY : 0;
  }
}

class IgnoresLimit extends PlainGenerator {
  protected override mayIssue(): boolean {
    return true;
  }
}

class IssuesLimitPlusOne extends PlainGenerator {
  protected override mayIssue(tick: number): boolean {
    return this.options.window.admit(tick) >= tick - 1;
  }
}

class IssuesFloor extends PlainGenerator {
  protected override floor(): number {
    return super.floor() - 1;
  }
}

class AcceptsLaterSince extends PlainGenerator {
  override reserve(count: number, sinceMs: number): Run[] {
    const since = tickAt(this.layout, sinceMs);
    return this.spend(count, since, Math.max(since, this.nowTick()));
  }
}

class SpendsTicksBeforeSince extends PlainGenerator {
  override reserve(count: number): Run[] {
    const now = this.nowTick();
    return this.spend(count, now - 50, now);
  }
}

class BorrowsNextTick extends PlainGenerator {
  protected override spend(count: number, fromTick: number, toTick: number): Run[] {
    return super.spend(count, fromTick, Math.min(toTick + 1, this.layout.maxTick));
  }
}

class OutgrowsItsTimestamp extends PlainGenerator {
  protected override nowTick(): number {
    const tick = tickAt(this.layout, this.options.clock.now());
    return Number.isFinite(tick) && tick >= 0 && tick < 2 ** 53 ? tick : super.nowTick();
  }
}

class RandomStartPastTheEnd extends PlainGenerator {
  protected override enter(tick: number): void {
    super.enter(tick);
    if (this.options.sequenceStart === "random")
      this.sequence = Math.round(this.options.random() * this.layout.idsPerTick);
  }
  protected override left(): number {
    return Math.max(1, super.left());
  }
}

class ThrowsPlainErrors extends PlainGenerator {
  protected override nowTick(): number {
    const tick = tickAt(this.layout, this.options.clock.now());
    if (tick < this.lastTick) throw new Error(`clock moved backwards by ${this.lastTick - tick} ticks`);
    return super.nowTick();
  }
}

class FillsShort extends PlainGenerator {
  override fill(view: BigUint64Array): void {
    super.fill(view.subarray(1));
  }
}

const mutant = (
  name: string,
  breaks: Guarantee,
  on: ClockKind,
  Broken: new (...options: Parameters<CreateGenerator>) => PlainGenerator,
): Mutant => ({ name, breaks, on, create: (options) => new Broken(options) });

export const mutants: readonly Mutant[] = [
  mutant("sequence reset before the clock check", ASCENDING, "hostile", ResetsSequenceFirst),
  mutant("no clock check", ASCENDING, "hostile", ChecksNoClock),
  mutant("no overflow check", ASCENDING, "well-behaved", ChecksNoOverflow),
  mutant("no overflow check, counted by tick", CAPACITY, "well-behaved", ChecksNoOverflow),
  mutant("sequence carries into the machine ID", SECTIONS, "well-behaved", CarriesIntoMachineId),
  mutant("issues above the limit", WINDOW, "well-behaved", IgnoresLimit),
  mutant("issues one tick above the limit", WINDOW, "well-behaved", IssuesLimitPlusOne),
  mutant("issues at the floor", WINDOW, "well-behaved", IssuesFloor),
  mutant("since later than now accepted", HONEST, "well-behaved", AcceptsLaterSince),
  mutant("ticks before since spent", HONEST, "steady over hostile", SpendsTicksBeforeSince),
  mutant("next tick borrowed", HONEST, "steady over hostile", BorrowsNextTick),
  mutant("timestamp outgrows its section", SECTIONS, "hostile", OutgrowsItsTimestamp),
  mutant("random start past the end of the sequence", SECTIONS, "well-behaved", RandomStartPastTheEnd),
  mutant("plain errors thrown", TYPED, "hostile", ThrowsPlainErrors),
  mutant("fill leaves a place empty", TYPED, "well-behaved", FillsShort),
];
