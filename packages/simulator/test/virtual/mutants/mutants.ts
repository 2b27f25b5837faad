import { type Clock, compose, type GeneratorOptions, type Run, type SteadyClock, tickAt } from "@shardflake/core";
import type { Grant, KeeperEffect, KeeperEvent, Moment } from "@shardflake/pool/protocol";
import type { InvariantName } from "../../../src/outcome/outcome.js";
import type { Profile } from "../../../src/profiles/profile.js";
import { type Build, type IssuingGenerator, OURS } from "../../../src/virtual/build.js";

/** A bug that really happened, the invariant that it breaks, and the profile whose seeds are to find it. */
export interface Mutant {
  readonly name: string;
  readonly breaks: InvariantName;
  readonly profile: Profile;
  readonly build: () => Build;
}

/** The clock as it is, rollbacks and all. */
function bareClock(clock: Clock): SteadyClock {
  return {
    steps: 0,
    leadMs: 0,
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    sleep: (ms) => clock.sleep(ms),
  };
}

/** A generator as one would write it without a thought; each mutant breaks it in one place. */
class PlainGenerator implements IssuingGenerator {
  lastTick: number;
  protected sequence: number;
  protected readonly options: GeneratorOptions;
  protected readonly idsPerTick: number;

  constructor(options: GeneratorOptions) {
    this.options = options;
    this.idsPerTick = options.layout.idsPerTick;
    this.lastTick = options.window!.floor;
    this.sequence = this.idsPerTick;
  }

  tryNext(): bigint | undefined {
    const { layout, datacenterId, machineId, clock } = this.options;
    const place = this.take(tickAt(layout, clock!.now()));
    if (place === undefined) return undefined;
    if (place.tick > layout.maxTick) return (BigInt(place.tick) << 22n) | BigInt(place.sequence);
    return compose(layout, { ...place, datacenterId, machineId });
  }

  reserve(count: number): Run[] {
    const tick = tickAt(this.options.layout, this.options.clock!.now());
    const runs: Run[] = [];
    for (let place = this.take(tick); place !== undefined && runs.length < count; place = this.take(tick)) {
      runs.push({ ...place, count: 1 });
      if (runs.length === count) break;
    }
    return runs;
  }

  protected take(tick: number): { readonly tick: number; readonly sequence: number } | undefined {
    if (tick < this.lastTick) return undefined;
    if (tick > this.lastTick && !this.enter(tick)) return undefined;
    return this.sequence < this.idsPerTick ? { tick: this.lastTick, sequence: this.sequence++ } : undefined;
  }

  protected enter(tick: number): boolean {
    if (this.options.window!.admit(tick) < tick) return false;
    this.lastTick = tick;
    this.sequence = 0;
    return true;
  }
}

/** twitter/snowflake issue 6. */
class ResetsSequenceFirst extends PlainGenerator {
  protected override take(tick: number): { readonly tick: number; readonly sequence: number } | undefined {
    if (tick !== this.lastTick && this.lastTick > this.options.window!.floor) this.sequence = 0;
    return super.take(tick);
  }
}

/** bwmarrin/snowflake issue 20. */
class ChecksNoClock extends PlainGenerator {
  protected override take(tick: number): { readonly tick: number; readonly sequence: number } | undefined {
    if (tick < this.lastTick && !this.enter(tick)) return undefined;
    return super.take(tick);
  }
}

class ChecksNoOverflow extends PlainGenerator {
  protected override take(tick: number): { readonly tick: number; readonly sequence: number } | undefined {
    if (tick === this.lastTick && this.sequence === this.idsPerTick) this.sequence = 0;
    return super.take(tick);
  }
}

/** The upper half of the sequence is kept for ticks that come a second time; for a third time there is nothing. */
class ReservesForOneRollback extends PlainGenerator {
  protected override take(tick: number): { readonly tick: number; readonly sequence: number } | undefined {
    const half = Math.ceil(this.idsPerTick / 2);
    if (tick < this.lastTick) {
      if (!this.enter(tick)) return undefined;
      this.sequence = half;
    }
    return super.take(tick);
  }
}

/** Takes the IDs of ticks to come, however many are asked for. */
class BorrowsFutureTicks extends PlainGenerator {
  protected override take(tick: number): { readonly tick: number; readonly sequence: number } | undefined {
    if (tick <= this.lastTick && this.sequence === this.idsPerTick && !this.enter(this.lastTick + 1)) return undefined;
    return super.take(Math.max(tick, this.lastTick));
  }
}

class OutgrowsItsTimestamp extends PlainGenerator {}

/** The window without its end and without its owner. */
const unfenced: Build["window"] = (lease) => ({ floor: lease.floor, admit: (tick) => tick });

/** Machine IDs by shard number, without a store: a new process starts with nothing but its clock. */
const withoutStore: Build["keeper"] = ({ layout }, shard) => {
  const machineId = shard % layout.machinesPerDatacenter;
  const datacenterId = Math.floor(shard / layout.machinesPerDatacenter);
  return {
    handle(event: KeeperEvent): KeeperEffect[] {
      const wake: KeeperEffect = { kind: "wake", atMonotonicMs: Number.POSITIVE_INFINITY };
      if (event.kind === "release") return [{ kind: "finished", requestId: event.requestId, registers: [] }, wake];
      if (event.kind !== "acquire") return [wake];
      const window = { generation: 1, floor: 0, limit: layout.maxTick, purpose: "live" } as const;
      return [{ kind: "granted", requestId: event.requestId, grants: [{ datacenterId, machineId, ...window }] }, wake];
    },
  };
};

/** A new process takes the machine ID of the one before it from a file, and goes on after its last window. */
function fromLocalFile(): Build["keeper"] {
  const file = new Map<number, Grant>();
  return (options, shard) => {
    const real = OURS.keeper(options, shard);
    let isFirst = true;
    return {
      handle(event, moment) {
        const known = file.get(shard);
        if (event.kind === "acquire" && isFirst && known !== undefined) {
          const grant = { ...known, floor: known.limit, limit: options.layout.maxTick };
          return [{ kind: "granted", requestId: event.requestId, grants: [grant] }];
        }
        isFirst = false;
        const effects = real.handle(event, moment);
        for (const effect of effects) {
          if (effect.kind === "granted") file.set(shard, effect.grants[0]!);
          const before = file.get(shard);
          if (effect.kind === "raise" && before !== undefined) file.set(shard, { ...before, limit: effect.limit });
        }
        return effects;
      },
    };
  };
}

/** The keeper as it is, with floors that follow its clock at once: the promise holds whatever the margin is, and is sharper. */
const withoutMargin: Build["keeper"] = (options, shard) => OURS.keeper({ ...options, marginMs: 0 }, shard);

/** The same, but for what it hears or says. */
function keeperThat(
  changes: (options: Parameters<Build["keeper"]>[0]) => {
    readonly hears?: (event: KeeperEvent) => KeeperEvent;
    readonly says?: (effects: readonly KeeperEffect[], moment: Moment) => KeeperEffect[];
  },
): Build["keeper"] {
  return (options, shard) => {
    const real = withoutMargin(options, shard);
    const { hears = (event) => event, says = (effects) => [...effects] } = changes(options);
    return { handle: (event, moment) => says(real.handle(hears(event), moment), moment) };
  };
}

/** Does not tell the threads what it has given up. */
const keepsFloorsToItself = keeperThat(() => ({
  says: (effects) => effects.filter(({ kind }) => kind !== "floor"),
}));

/** Starts wherever its own clock is, whatever was promised. */
const startsBelowTheMark = keeperThat(() => {
  let isAcquiring = false;
  return {
    hears(event) {
      if (event.kind === "acquire") isAcquiring = true;
      if (event.kind !== "read" || !isAcquiring) return event;
      return { ...event, registers: event.registers.filter(({ register }) => register.purpose !== "horizon") };
    },
    says(effects) {
      if (effects.some(({ kind }) => kind === "granted" || kind === "refused")) isAcquiring = false;
      return [...effects];
    },
  };
});

/** Goes by its own clock, without asking anybody. */
const asksNobody = keeperThat(({ layout }) => ({
  says: (effects, { nowMs }) =>
    effects.map((effect) => (effect.kind === "horizon" ? { ...effect, tick: tickAt(layout, nowMs) } : effect)),
}));

/** Sound: what those three are made of. */
export const soundKeeper: Build = { ...OURS, keeper: withoutMargin };

const plain = (Broken: new (options: GeneratorOptions) => PlainGenerator, more: Partial<Build> = {}): Build => ({
  ...OURS,
  steadyClock: bareClock,
  generator: (options) => new Broken(options),
  ...more,
});

/** Sound, but for its clock: what the mutants are made of passes where they are found. */
export const soundGenerator: Build = { ...OURS, generator: (options) => new PlainGenerator(options) };

export const mutants: readonly Mutant[] = [
  {
    name: "the sequence is reset before the clock check",
    breaks: "unique",
    profile: "hostile",
    build: () => plain(ResetsSequenceFirst),
  },
  { name: "no clock check", breaks: "unique", profile: "hostile", build: () => plain(ChecksNoClock) },
  { name: "no overflow check", breaks: "unique", profile: "hostile", build: () => plain(ChecksNoOverflow) },
  {
    name: "restart without a floor",
    breaks: "unique",
    profile: "hostile",
    build: () => ({ ...OURS, keeper: withoutStore }),
  },
  {
    name: "future ticks are borrowed, then a restart",
    breaks: "unique",
    profile: "hostile",
    build: () => plain(BorrowsFutureTicks, { steadyClock: OURS.steadyClock, keeper: withoutStore }),
  },
  {
    name: "a local file is trusted, although the store has recycled the machine ID",
    breaks: "windows",
    profile: "hostile",
    build: () => ({ ...OURS, keeper: fromLocalFile() }),
  },
  {
    name: "reserved rollback sequences collide at the second rollback",
    breaks: "unique",
    profile: "swarm",
    build: () => plain(ReservesForOneRollback),
  },
  {
    name: "a paused holder goes on past its expiry",
    breaks: "windows",
    profile: "hostile",
    build: () => ({ ...OURS, window: unfenced }),
  },
  {
    name: "floors are raised in the store and not in the slot",
    breaks: "horizon",
    profile: "swarm",
    build: () => ({ ...OURS, keeper: keepsFloorsToItself }),
  },
  {
    name: "a newcomer does not look at the mark",
    breaks: "horizon",
    profile: "hostile",
    build: () => ({ ...OURS, keeper: startsBelowTheMark }),
  },
  {
    name: "the horizon is what the own clock reads",
    breaks: "horizon",
    profile: "hostile",
    build: () => ({ ...OURS, keeper: asksNobody }),
  },
  {
    name: "the timestamp outgrows its section",
    breaks: "layout",
    profile: "swarm",
    build: () => plain(OutgrowsItsTimestamp, { window: unfenced }),
  },
];
