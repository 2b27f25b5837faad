import {
  type Act,
  type Acts,
  alone,
  bump,
  chronyEverywhere,
  cloneAndStep,
  crystals,
  future,
  mendedStep,
  past,
  pauseBeyondLapse,
  rollbackAndRestart,
  rollbacks,
  zombieAndRollback,
} from "./acts.js";
import { coarse, drift, frozen, leapSecond, leapSmear, strobe, warp } from "./clock-faults.js";
import { clone, migration, pause, restart, storeTrouble, suspend, zombie } from "./process-faults.js";
import type { Profile } from "./profile.js";
import type { Stage } from "./stage.js";

const DAY_MS = 86_400_000;
/** A scenario that is longer than this has as much more happen to it, */
const ROUND_MS = 1_800_000;
/** up to so many times. */
const MOST_ROUNDS = 8;

const CLOCKS: Acts = [
  bump,
  alone(strobe),
  alone(coarse),
  alone(warp),
  alone(frozen),
  past,
  future,
  alone(leapSecond),
  mendedStep,
  (stage) => [drift(stage, "all")],
];
const PROCESSES: Acts = [alone(pause), alone(restart), alone(storeTrouble)];
const HOSTS: Acts = [alone(migration), alone(suspend), alone(zombie)];
/** Nobody can copy a running thread. */
const SIMULATED_HOSTS: Acts = [...HOSTS, alone(clone)];

/** The pairs that find most bugs. */
const PAIRS: Acts = [rollbackAndRestart, rollbacks, pauseBeyondLapse, zombieAndRollback];
const SIMULATED_PAIRS: Acts = [...PAIRS, cloneAndStep];

/** What happens in a profile. */
export interface Programme {
  readonly acts: readonly Act[];
  readonly mostFaults: number;
}

/** As many faults as a violation can still be explained by. */
const MOST_FAULTS = 6;

/** Draws what happens in a profile on this stage. */
export function programmeOf(profile: Profile, stage: Stage): Programme {
  const { draw, world, durationMs, shards } = stage;
  const isPool = world === "pool";
  const hosts = isPool ? HOSTS : SIMULATED_HOSTS;
  const everything: Acts = [...CLOCKS, ...PROCESSES, ...hosts];
  const rounds = roundsOf(durationMs);
  switch (profile) {
    case "calm":
      return { acts: [crystals, chronyEverywhere], mostFaults: shards + 1 };
    case "ntp": {
      const more: Acts = durationMs > DAY_MS ? [bump, alone(leapSecond), alone(leapSmear)] : [bump, alone(leapSecond)];
      return { acts: [crystals, mendedStep, ...several(stage, 1, 2, more)], mostFaults: shards + MOST_FAULTS };
    }
    case "vm":
      return { acts: several(stage, 2, 4, [...hosts, bump]), mostFaults: MOST_FAULTS };
    case "hostile": {
      const round = (): readonly Act[] => [
        alone(restart),
        draw.oneOf(isPool ? PAIRS : SIMULATED_PAIRS),
        ...several(stage, 0, 2, everything),
      ];
      return { acts: Array.from({ length: rounds }, round).flat(), mostFaults: rounds * MOST_FAULTS };
    }
    case "swarm": {
      const [first = bump, ...rest] = everything.filter(() => draw.happens(0.4));
      const acts = several(stage, 2, (isPool ? 3 : 6) * rounds, [first, ...rest]);
      return { acts, mostFaults: rounds * (MOST_FAULTS + 2) };
    }
  }
}

function roundsOf(durationMs: number): number {
  return Math.max(1, Math.min(MOST_ROUNDS, Math.floor(durationMs / ROUND_MS)));
}

function several({ draw }: Stage, least: number, most: number, acts: Acts): readonly Act[] {
  return Array.from({ length: draw.integer(least, most) }, () => draw.oneOf(acts));
}
