import type { Fault } from "../scenario/fault.js";
import {
  chronyThroughout,
  coarse,
  drift,
  frozen,
  leapSecond,
  leapSmear,
  mendedStep,
  mostBackMs,
  rollover,
  step,
  strobe,
  warp,
  wrongYear,
} from "./clock-faults.js";
import { clone, migration, pause, restart, storeTrouble, suspend, zombie } from "./process-faults.js";
import type { Profile } from "./profile.js";
import type { Stage } from "./stage.js";

type Maker = (stage: Stage) => readonly Fault[];
type Makers = readonly [Maker, ...Maker[]];

const DAY_MS = 86_400_000;

const one =
  (make: (stage: Stage) => Fault): Maker =>
  (stage) => [make(stage)];

const CLOCKS: Makers = [
  one(step),
  one(strobe),
  one(coarse),
  one(warp),
  one(frozen),
  one(wrongYear),
  one(rollover),
  one(leapSecond),
  mendedStep,
  (stage) => [drift(stage, "all")],
];
const PROCESSES: Makers = [one(pause), one(restart), one(storeTrouble)];
/** What only a simulated host can be put through. */
const HOSTS: Makers = [one(migration), one(suspend), one(clone), one(zombie)];

/** The faults of a profile on this stage. */
export function faultsOfProfile(profile: Profile, stage: Stage): readonly Fault[] {
  switch (profile) {
    case "calm":
      return [...drifts(stage), chronyThroughout(stage)];
    case "ntp":
      return [...drifts(stage), ...ntp(stage)];
    case "vm":
      return several(stage, 2, 4, stage.world === "pool" ? [one(pause), one(step)] : [...HOSTS, one(step)]);
    case "hostile":
      return [restart(stage), ...pair(stage), ...several(stage, 0, 2, everything(stage))].slice(0, 6);
    case "swarm":
      return swarm(stage);
  }
}

function everything({ world }: Stage): Makers {
  return world === "pool" ? [...CLOCKS, ...PROCESSES] : [...CLOCKS, ...PROCESSES, ...HOSTS];
}

/** Every shard has a crystal of its own. */
function drifts(stage: Stage): readonly Fault[] {
  return Array.from({ length: stage.shards }, (_, shard) => drift(stage, [shard]));
}

function ntp(stage: Stage): readonly Fault[] {
  const leaps: Makers = stage.durationMs > DAY_MS ? [one(leapSecond), one(leapSmear)] : [one(leapSecond)];
  return [...mendedStep(stage), ...several(stage, 1, 2, [...leaps, one(step)])];
}

function several({ draw, ...rest }: Stage, least: number, most: number, makers: Makers): readonly Fault[] {
  const stage = { draw, ...rest };
  return Array.from({ length: draw.integer(least, most) }, () => draw.oneOf(makers)(stage)).flat();
}

/** The pairs that find most bugs; the first member's place is the second's. */
function pair(stage: Stage): readonly Fault[] {
  const { draw, world } = stage;
  const pairs: Makers = [rollbackBeforeRestart, rollbacks, pauseAndLoss];
  return draw.oneOf<Maker>(world === "pool" ? pairs : [...pairs, cloneAndStep, one(zombie)])(stage);
}

function rollbackBeforeRestart(stage: Stage): readonly Fault[] {
  const again = restart(stage);
  const byMs = -stage.draw.magnitude(1, mostBackMs(stage));
  return [{ kind: "step", atMs: Math.max(0, again.atMs - 1), forMs: 0, on: again.on, byMs }, again];
}

/** Twice, because a second one finds what the first left behind. */
function rollbacks(stage: Stage): readonly Fault[] {
  const { atMs, on } = pause(stage);
  const againMs = Math.min(2000, Math.floor(stage.durationMs / 20));
  return [stage.draw.integer(1, 50), stage.draw.integer(51, againMs)].map((afterMs) => ({
    kind: "step",
    atMs: atMs + afterMs,
    forMs: 0,
    on,
    byMs: -stage.draw.magnitude(1, mostBackMs(stage)),
  }));
}

function cloneAndStep(stage: Stage): readonly Fault[] {
  const copied = clone(stage);
  const byMs = -stage.draw.magnitude(1, mostBackMs(stage));
  return [copied, { kind: "step", atMs: copied.atMs + copied.forMs / 2, forMs: 0, on: copied.on, byMs }];
}

function pauseAndLoss(stage: Stage): readonly Fault[] {
  const paused = pause(stage);
  return [paused, { ...paused, kind: "store", trouble: "partitioned", delayMs: 0 }];
}

/** Swarm testing (A. Groce et al., "Swarm Testing", 2012): leaving kinds out finds more than having all in every run. */
function swarm(stage: Stage): readonly Fault[] {
  const all = everything(stage);
  const [first = all[0], ...rest] = all.filter(() => stage.draw.happens(0.4));
  return several(stage, 2, stage.world === "pool" ? 4 : 8, [first, ...rest]);
}
