import type { Fault, StepFault, Target } from "../scenario/fault.js";
import { instant, lasting, placed, type Stage } from "./stage.js";

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * 10 to 100 ppm are normal, beyond 500 is the tail. Seconds cannot show that: there, crystals are as wrong as if every one
 * of them were a quarter of an hour.
 */
export function drift(stage: Stage, on: Target): Fault {
  const { draw, durationMs } = stage;
  const ppm = durationMs < MINUTE_MS ? draw.integer(5000, 50_000) : ordinaryPpm(stage);
  const wanderPpm = durationMs >= HOUR_MS ? draw.integer(0, 20) : 0;
  return { kind: "drift", ...lasting(stage, 0, on), ppm: draw.sign() * ppm, wanderPpm };
}

function ordinaryPpm({ draw, durationMs }: Stage): number {
  return durationMs >= 10 * MINUTE_MS ? draw.integer(20, 100) : draw.integer(100, 900);
}

/** Daemons poll every 16 to 64 s, and wait longer when all is well; a short scenario has to see one at work in less. */
export function pollMs({ draw, durationMs }: Stage): number {
  if (durationMs >= 10 * MINUTE_MS) return draw.oneOf([16, 32, 64]) * SECOND_MS;
  return durationMs >= MINUTE_MS ? draw.oneOf([1, 2, 4]) * SECOND_MS : 250;
}

/** jepsen's "bump": 11 ms to 288 s, and the boundaries at which something changes its mind. */
export function step(stage: Stage): StepFault {
  const { draw } = stage;
  const sizeMs = draw.happens(0.3) ? draw.oneOf([5, 128, 400, 1000]) : draw.magnitude(11, 288_000);
  const byMs = draw.happens(0.3) ? sizeMs : -Math.min(sizeMs, mostBackMs(stage));
  return { kind: "step", ...instant(stage), byMs };
}

/** A step back. */
export function rollbackMs(stage: Stage): number {
  return -stage.draw.magnitude(1, mostBackMs(stage));
}

/** How far back a shard can wait to be overtaken by its clock within the scenario. */
export function mostBackMs({ durationMs }: Stage): number {
  return Math.floor(Math.min(durationMs / 8, 24 * HOUR_MS));
}

/** jepsen's strobe: 4 ms to 262 s, every 1 ms to 1 s. */
export function strobe(stage: Stage): Fault {
  const { draw } = stage;
  const byMs = draw.sign() * draw.magnitude(4, Math.min(262_000, mostBackMs(stage)));
  const place = placed(stage, draw.magnitude(SECOND_MS, 20 * SECOND_MS));
  return { kind: "strobe", ...place, byMs, periodMs: draw.magnitude(1, SECOND_MS) };
}

export function leapSecond(stage: Stage): Fault {
  const { draw } = stage;
  const direction = draw.oneOf(["insert", "insert", "delete"]);
  const handling = stage.durationMs < MINUTE_MS ? "step" : draw.oneOf(["step", "slew"]);
  return { kind: "leap-second", ...placed(stage, draw.integer(25, 60) * SECOND_MS), direction, handling };
}

/** The published lengths; for scenarios of days. */
export function leapSmear(stage: Stage): Fault {
  const { draw } = stage;
  const forMs = draw.oneOf([24 * HOUR_MS, 17 * HOUR_MS, 62_500 * SECOND_MS]);
  return { kind: "leap-smear", ...placed(stage, forMs), shape: draw.oneOf(["linear", "cosine"]) };
}

/** Ticks of kernels and of Windows; whole milliseconds are what everybody sees. */
export function coarse(stage: Stage): Fault {
  const { draw } = stage;
  const place = placed(stage, draw.magnitude(SECOND_MS, 30 * SECOND_MS));
  return { kind: "coarse", ...place, granularityMs: draw.oneOf([4, 10, 15.6, SECOND_MS]) };
}

/** 1 µs to 2 ms; of less than 0.1 ms, one who reads milliseconds sees next to nothing. */
export function warp(stage: Stage): Fault {
  const { draw, gapMs } = stage;
  return { kind: "warp", ...placed(stage, Math.max(50 * gapMs, 5 * SECOND_MS)), mostMs: draw.magnitude(0.1, 2) };
}

export function frozen(stage: Stage): Fault {
  const { draw } = stage;
  const valueMs = draw.happens(0.75) ? null : 0;
  return { kind: "frozen", ...placed(stage, draw.magnitude(10, 10 * SECOND_MS)), valueMs };
}

/** Back to 1970, before the layout's epoch, or by 1 to 50 years. */
export function pastYear(stage: Stage): Fault {
  const { draw } = stage;
  const byYears = -draw.oneOf([56, 20, 1, draw.integer(1, 50)]);
  return { kind: "wrong-year", ...placed(stage, draw.magnitude(10, 10 * SECOND_MS)), byYears };
}
