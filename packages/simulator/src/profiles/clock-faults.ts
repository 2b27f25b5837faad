import type { Fault, Target } from "../scenario/fault.js";
import { instant, placed, type Stage, throughout } from "./stage.js";

const MINUTE_MS = 60_000;

/** ntpd's smallest interval is 16 s or, by default, 64 s; shorter ones let a short scenario see a daemon at work. */
function pollMs({ draw, durationMs }: Stage): number {
  if (durationMs >= 20 * MINUTE_MS) return draw.oneOf([16_000, 32_000, 64_000]);
  return durationMs >= MINUTE_MS ? draw.oneOf([1000, 2000, 4000]) : 250;
}

/** 10 to 100 ppm are normal, beyond 500 is the tail; in a short scenario the tail and more, so that it comes to anything. */
export function drift(stage: Stage, on: Target): Fault {
  const { draw, durationMs } = stage;
  const ppm =
    durationMs >= 5 * MINUTE_MS ? draw.integer(10, 100) : draw.magnitude(100, durationMs < MINUTE_MS ? 50_000 : 1000);
  const wanderPpm = durationMs >= 60 * MINUTE_MS ? draw.integer(0, 20) : 0;
  return { kind: "drift", ...throughout(stage, on), ppm: draw.sign() * ppm, wanderPpm };
}

export function chronyThroughout(stage: Stage): Fault {
  return { kind: "daemon", ...throughout(stage, "all"), daemon: "chrony", pollMs: pollMs(stage) };
}

/** A daemon and an offset that it can be seen to mend. */
export function mendedStep(stage: Stage): readonly Fault[] {
  const { draw, durationMs } = stage;
  const daemon = draw.oneOf(["ntpd", "ntpd-x", "chrony", "timesyncd"]);
  const { on } = instant(stage);
  const atMs = Math.floor(durationMs * 0.2);
  const mostMs = daemon === "ntpd" ? 128 : 4000;
  return [
    { kind: "step", atMs, forMs: 0, on, byMs: draw.sign() * draw.magnitude(11, mostMs) },
    { kind: "daemon", ...throughout(stage, on), daemon, pollMs: pollMs(stage) },
  ];
}

/** jepsen's "bump": ±11 ms to 288 s, and the boundaries at which something changes its mind. */
export function step(stage: Stage): Fault {
  const { draw } = stage;
  const size = draw.happens(0.3) ? draw.oneOf([5, 128, 400, 1000]) : draw.magnitude(11, 288_000);
  const ahead = draw.happens(0.3);
  return { kind: "step", ...instant(stage), byMs: ahead ? size : -Math.min(size, mostBackMs(stage)) };
}

/** A step back that a shard can wait out within the scenario. */
export function mostBackMs({ durationMs }: Stage): number {
  return Math.floor(durationMs / 8);
}

/** jepsen's strobe: 4 ms to 262 s, every 1 ms to 1 s. */
export function strobe(stage: Stage): Fault {
  const { draw } = stage;
  const byMs = draw.sign() * draw.magnitude(4, Math.min(262_000, mostBackMs(stage)));
  return { kind: "strobe", ...placed(stage, draw.magnitude(1000, 20_000)), byMs, periodMs: draw.magnitude(1, 1000) };
}

export function leapSecond(stage: Stage): Fault {
  const { draw } = stage;
  const direction = draw.oneOf(["insert", "insert", "delete"]);
  const handling = stage.durationMs < MINUTE_MS ? "step" : draw.oneOf(["step", "slew"]);
  return { kind: "leap-second", ...placed(stage, draw.integer(25_000, 60_000)), direction, handling };
}

/** The published lengths; only for scenarios that are long enough. */
export function leapSmear(stage: Stage): Fault {
  const { draw } = stage;
  const forMs = draw.oneOf([24 * 3_600_000, 17 * 3_600_000, 62_500_000]);
  return { kind: "leap-smear", ...placed(stage, forMs), shape: draw.oneOf(["linear", "cosine"]) };
}

/** Ticks of kernels and of Windows; a granularity of 1 ms is what everybody has. */
export function coarse(stage: Stage): Fault {
  const { draw } = stage;
  return {
    kind: "coarse",
    ...placed(stage, draw.magnitude(1000, 30_000)),
    granularityMs: draw.oneOf([4, 10, 15.6, 1000]),
  };
}

export function warp(stage: Stage): Fault {
  const { draw, gapMs } = stage;
  return { kind: "warp", ...placed(stage, Math.max(50 * gapMs, 5000)), mostMs: draw.magnitude(0.2, 2) };
}

export function frozen(stage: Stage): Fault {
  const { draw } = stage;
  const valueMs = draw.happens(0.75) ? null : 0;
  return { kind: "frozen", ...placed(stage, draw.magnitude(10, 10_000)), valueMs };
}

/** Back to 1970, before the epoch, or by 1 to 50 years. */
export function wrongYear(stage: Stage): Fault {
  const { draw } = stage;
  const byYears = draw.oneOf([-56, -20, -1, -draw.integer(1, 50), draw.integer(1, 50)]);
  return { kind: "wrong-year", ...placed(stage, draw.magnitude(10, 10_000)), byYears };
}

export function rollover(stage: Stage): Fault {
  const { draw } = stage;
  const beforeEndMs = draw.oneOf([1, draw.integer(2, 2000)]);
  return { kind: "rollover", ...placed(stage, draw.magnitude(100, 10_000)), beforeEndMs };
}
