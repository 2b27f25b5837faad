import type { CloneFault, Fault, PauseFault, RestartFault } from "../scenario/fault.js";
import { mostBackMs } from "./clock-faults.js";
import { placed, type Stage } from "./stage.js";

/** The guest is tens to hundreds of milliseconds behind after a pause of 1 to 5 s. */
export function migration(stage: Stage): Fault {
  const { draw, world } = stage;
  const pauseMs = world === "pool" ? draw.integer(100, 900) : draw.integer(1000, 5000);
  const monotonic = draw.oneOf(["goes-on", "stops"]);
  return { kind: "migration", ...placed(stage, pauseMs), behindMs: draw.integer(10, 900), monotonic };
}

/** Seconds to days; here as long as the scenario lets it. */
export function suspend(stage: Stage): Fault {
  const { draw, durationMs } = stage;
  const wall = draw.oneOf(["jumps", "stays-behind"]);
  return {
    kind: "suspend",
    ...placed(stage, draw.magnitude(Math.min(1000, durationMs / 20), mostBackMs(stage))),
    wall,
  };
}

/** A copy that was rewound further than a steady clock tolerates, 10 s, refuses everything, and nobody sees it. */
const MOST_REWIND_MS = 9000;

/** Rewound by 0 to days; here as far as the copy can still be at work. */
export function clone(stage: Stage): CloneFault {
  const { draw } = stage;
  const rewindMs = draw.happens(0.3) ? 0 : draw.magnitude(1, Math.min(MOST_REWIND_MS, mostBackMs(stage)));
  return { kind: "clone", ...placed(stage, draw.magnitude(500, 20_000)), rewindMs };
}

/** A collection, a SIGSTOP, a blocked loop: up to 10 s. */
export function pause(stage: Stage): PauseFault {
  const { draw, world } = stage;
  return { kind: "pause", ...placed(stage, draw.magnitude(5, world === "pool" ? 500 : 10_000)) };
}

/** A crash or a clean end; half of them come back with the clock behind. */
export function restart(stage: Stage): RestartFault {
  const { draw, world } = stage;
  const clockBehindMs = draw.happens(0.5) ? 0 : draw.magnitude(1, mostBackMs(stage));
  const downMs = draw.happens(0.5) ? 0 : draw.magnitude(1, world === "pool" ? 300 : 5000);
  const exit = draw.oneOf(["kill", "kill", "release"]);
  return { kind: "restart", ...placed(stage, downMs), forMs: downMs, exit, clockBehindMs };
}

/** Paused until the claim has lapsed and longer, the clock stepped meanwhile. */
export function zombie(stage: Stage): Fault {
  const { draw } = stage;
  const stepMs = draw.happens(0.4) ? 0 : draw.sign() * draw.magnitude(1, mostBackMs(stage));
  return { kind: "zombie", ...placed(stage, beyondLapseMs(stage)), stepMs };
}

/**
 * Longer than it takes until somebody else has the machine ID: a claim lapses two windows after its last renewal, and
 * whoever waits for it looks every quarter of a window. Up to ten times that, where the scenario has room for it.
 */
export function beyondLapseMs({ draw, windowMs, durationMs }: Stage): number {
  const lapseMs = 2.5 * windowMs;
  return Math.ceil(lapseMs) + draw.magnitude(1, Math.max(2, Math.min(9 * lapseMs, durationMs / 4 - lapseMs)));
}

/** An etcd without a leader took no writes for 1.5 to 7 s. Long enough for renewals to fall into it. */
export function storeTrouble(stage: Stage): Fault {
  const { draw, windowMs } = stage;
  const trouble = draw.oneOf(["down", "answers-lost", "slow", "partitioned"]);
  const delayMs = trouble === "slow" ? draw.magnitude(10, windowMs) : 0;
  return { kind: "store", ...placed(stage, Math.max(0.8 * windowMs, draw.magnitude(1500, 7000))), trouble, delayMs };
}
