import type { Fault } from "../scenario/fault.js";
import { drift, mostBackMs, pastYear, pollMs, rollbackMs, step } from "./clock-faults.js";
import { beyondLapseMs, clone, pause, restart, zombie } from "./process-faults.js";
import { lasting, placed, type Stage, someShards } from "./stage.js";

/** One or several faults that belong together. */
export type Act = (stage: Stage) => readonly Fault[];

export type Acts = readonly [Act, ...Act[]];

export function alone(make: (stage: Stage) => Fault): Act {
  return (stage) => [make(stage)];
}

/** Every shard has a crystal of its own. */
export function crystals(stage: Stage): readonly Fault[] {
  return Array.from({ length: stage.shards }, (_, shard) => drift(stage, [shard]));
}

/** chrony comes up a while after the host, when there is something to correct. */
export function chronyEverywhere(stage: Stage): readonly Fault[] {
  return [{ kind: "daemon", ...lasting(stage, 0.1, "all"), daemon: "chrony", pollMs: pollMs(stage) }];
}

/** A daemon, and an offset that it can be seen to mend before the end. */
export function mendedStep(stage: Stage): readonly Fault[] {
  const { draw } = stage;
  const on = someShards(stage);
  const daemon = draw.oneOf(["ntpd", "ntpd-x", "chrony", "timesyncd"]);
  const waitsLong = daemon === "ntpd" && stage.durationMs < 20 * 60_000;
  const byMs = draw.sign() * draw.magnitude(11, waitsLong ? 120 : Math.min(60_000, mostBackMs(stage)));
  const from = draw.integer(5, 20) / 100;
  return [
    { kind: "step", ...lasting(stage, from + 0.05, on), forMs: 0, byMs },
    { kind: "daemon", ...lasting(stage, from, on), daemon, pollMs: pollMs(stage) },
  ];
}

/** The clock goes back, and then the process is restarted. */
export function rollbackAndRestart(stage: Stage): readonly Fault[] {
  const on = someShards(stage);
  const again = { ...restart(stage), on };
  const atMs = Math.max(0, again.atMs - stage.draw.integer(0, 200));
  return [{ kind: "step", atMs, forMs: 0, on, byMs: rollbackMs(stage) }, again];
}

/** The clock goes back among requests, twice: the second time finds what the first has left behind. */
export function rollbacks(stage: Stage): readonly Fault[] {
  const on = someShards(stage);
  const { atMs } = placed(stage, 0);
  const againMs = stage.draw.integer(1, Math.floor(stage.durationMs / 20));
  return [atMs, atMs + againMs].map((at) => ({ kind: "step", atMs: at, forMs: 0, on, byMs: rollbackMs(stage) / 2 }));
}

/** Two live copies, and the clock is set meanwhile. */
export function cloneAndStep(stage: Stage): readonly Fault[] {
  const on = someShards(stage);
  const copied = { ...clone(stage), on };
  const atMs = copied.atMs + Math.floor(copied.forMs / 2);
  return [copied, { kind: "step", atMs, forMs: 0, on, byMs: stage.draw.happens(0.8) ? rollbackMs(stage) : 1000 }];
}

/** The store is away, renewals fail, the process stands still until its claim has lapsed, and wakes up. */
export function pauseBeyondLapse(stage: Stage): readonly Fault[] {
  const on = someShards(stage);
  const paused = { ...pause(stage), ...placed(stage, beyondLapseMs(stage)), on };
  const alreadyMs = Math.min(paused.atMs, Math.ceil(0.6 * stage.windowMs));
  const away = { atMs: paused.atMs - alreadyMs, forMs: paused.forMs + alreadyMs, on };
  return [{ kind: "store", ...away, trouble: "partitioned", delayMs: 0 }, paused];
}

/** A zombie whose clock goes back once more. */
export function zombieAndRollback(stage: Stage): readonly Fault[] {
  const on = someShards(stage);
  const dead = { ...zombie(stage), on };
  const atMs = dead.atMs + stage.draw.integer(1, dead.forMs);
  return [dead, { kind: "step", atMs, forMs: 0, on, byMs: rollbackMs(stage) / 2 }];
}

/**
 * The clock runs far ahead (a wrong year, the end of the layout) and is set right: a generator that has seen the future
 * stops, and its operator restarts it.
 */
export function future(stage: Stage): readonly Fault[] {
  const { draw } = stage;
  const on = someShards(stage);
  const place = { ...placed(stage, draw.magnitude(10, Math.min(10_000, stage.durationMs / 10))), on };
  const ahead: Fault = draw.happens(0.5)
    ? { kind: "rollover", ...place, beforeEndMs: draw.oneOf([1, draw.integer(2, 2000)]) }
    : { kind: "wrong-year", ...place, byYears: draw.integer(1, 50) };
  const atMs = place.atMs + place.forMs + draw.integer(5, 500);
  return [ahead, { kind: "restart", atMs, forMs: 0, on, exit: "kill", clockBehindMs: 0 }];
}

/** The clock is set to the past, or years back, and right again. */
export function past(stage: Stage): readonly Fault[] {
  return [pastYear(stage)];
}

/** A step, either way. */
export function bump(stage: Stage): readonly Fault[] {
  return [step(stage)];
}
