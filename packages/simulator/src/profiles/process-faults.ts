import type { Fault } from "../scenario/fault.js";
import { mostBackMs } from "./clock-faults.js";
import { placed, type Stage } from "./stage.js";

/** The guest is tens to hundreds of milliseconds behind after a pause of 1 to 5 s. */
export function migration(stage: Stage): Fault {
  const { draw } = stage;
  const pauseMs = draw.magnitude(stage.world === "pool" ? 100 : 1000, stage.world === "pool" ? 1000 : 5000);
  const monotonic = draw.oneOf(["goes-on", "stops"]);
  return { kind: "migration", ...placed(stage, pauseMs), behindMs: draw.magnitude(10, 900), monotonic };
}

/** Seconds to days; here as long as the scenario lets it. */
export function suspend(stage: Stage): Fault {
  const { draw, durationMs } = stage;
  const wall = draw.oneOf(["jumps", "stays-behind"]);
  return { kind: "suspend", ...placed(stage, draw.magnitude(1000, Math.max(2000, durationMs / 8))), wall };
}

export function clone(stage: Stage): Fault {
  const { draw } = stage;
  const rewindMs = draw.happens(0.3) ? 0 : draw.magnitude(1, mostBackMs(stage));
  return { kind: "clone", ...placed(stage, draw.magnitude(500, 20_000)), rewindMs };
}

/** A collection, a SIGSTOP, a blocked loop: up to 10 s, half of them beyond the time after which a claim lapses. */
export function pause(stage: Stage): Fault {
  const { draw, windowMs } = stage;
  const forMs = draw.happens(0.5) ? draw.magnitude(5, 10_000) : 2 * windowMs + draw.magnitude(1, 2000);
  return { kind: "pause", ...placed(stage, forMs) };
}

/** A crash or a clean end; half of them come back with the clock behind. */
export function restart(stage: Stage): Fault {
  const { draw } = stage;
  const clockBehindMs = draw.happens(0.5) ? 0 : draw.magnitude(1, mostBackMs(stage));
  const downMs = draw.happens(0.5) ? 0 : draw.magnitude(1, stage.world === "pool" ? 300 : 5000);
  const { atMs, on } = placed(stage, downMs);
  return { kind: "restart", atMs, forMs: downMs, on, exit: draw.oneOf(["kill", "kill", "release"]), clockBehindMs };
}

/** Paused for the expiry of the claim and longer, the clock stepped meanwhile. */
export function zombie(stage: Stage): Fault {
  const { draw, windowMs } = stage;
  const stepMs = draw.happens(0.4) ? 0 : draw.sign() * draw.magnitude(1, mostBackMs(stage));
  return { kind: "zombie", ...placed(stage, 2 * windowMs + draw.magnitude(1, 4 * windowMs)), stepMs };
}

/** An etcd without a leader took no writes for 1.5 to 7 s. Long enough that a renewal falls into it. */
export function storeTrouble(stage: Stage): Fault {
  const { draw, windowMs } = stage;
  const trouble = draw.oneOf(["down", "answers-lost", "slow", "partitioned"]);
  const delayMs = trouble === "slow" ? draw.magnitude(10, windowMs) : 0;
  return { kind: "store", ...placed(stage, Math.max(windowMs / 2, draw.magnitude(1500, 7000))), trouble, delayMs };
}
