import { crystalRate } from "./crystal.js";
import { holdsAt, ofKind, type PlacedFault } from "./placed-fault.js";
import { TimeDaemon } from "./time-daemon.js";
import { constant, type Trajectory } from "./trajectory.js";

const NEVER = Number.POSITIVE_INFINITY;

/**
 * How far the host's own clock is from true time, in ms over true time: what its crystal, whoever sets it, and standing
 * still have done to it, and what a time daemon has mended. Where several daemons overlap, the one started last runs.
 */
export function hostError(faults: readonly PlacedFault[], salt: number, durationMs: number): Trajectory {
  const crystal = crystalRate(faults, salt, durationMs);
  const jumps = jumpsOf(faults);
  const daemons = ofKind(faults, "daemon").toSorted((a, b) => a.fromMs - b.fromMs);
  const sleeps = ofKind(faults, "suspend").filter(({ fault }) => fault.wall === "stays-behind");
  const standstills = ofKind(faults, "suspend", "migration");
  const changesMs = [...jumps, ...daemons, ...sleeps, ...standstills]
    .flatMap((change) => ("toMs" in change ? [change.fromMs, change.toMs] : [change.atMs]))
    .concat(crystal.startsMs)
    .toSorted((a, b) => a - b);

  const error = constant(0);
  let atMs = 0;
  let errorMs = 0;
  let nextJump = 0;
  let nextChange = 0;
  let running: PlacedFault<"daemon"> | undefined;
  let daemon: TimeDaemon | undefined;
  let pollMs = NEVER;

  while (atMs < durationMs) {
    while (nextJump < jumps.length && jumps[nextJump]!.atMs <= atMs) errorMs += jumps[nextJump++]!.byMs;
    const rate = crystal.at(atMs);

    const due = daemons.findLast((placed) => holdsAt(placed, atMs));
    if (due !== running) {
      running = due;
      daemon = due && new TimeDaemon(due.fault.daemon, due.fault.pollMs, due.fromMs);
      pollMs = NEVER;
    }
    if (daemon !== undefined && pollMs === NEVER) pollMs = daemon.nextPollMs(atMs);
    if (daemon !== undefined && pollMs <= atMs) {
      if (!standstills.some((placed) => holdsAt(placed, atMs))) errorMs += daemon.poll(errorMs, atMs);
      pollMs = daemon.isLocked(rate) ? NEVER : daemon.nextPollMs(atMs + 1e-3);
    }

    const slope = sleeps.some((placed) => holdsAt(placed, atMs)) ? -1 : rate + (daemon?.correction ?? 0);
    error.append(atMs, errorMs, slope);
    while (nextChange < changesMs.length && changesMs[nextChange]! <= atMs) nextChange++;
    const untilMs = Math.min(durationMs, pollMs, changesMs[nextChange] ?? NEVER);
    errorMs += (untilMs - atMs) * slope;
    atMs = untilMs;
  }
  return error;
}

interface Jump {
  readonly atMs: number;
  readonly byMs: number;
}

/** A zombie's clock is stepped in the middle of its pause; a host that stood still is behind once it is back. */
function jumpsOf(faults: readonly PlacedFault[]): readonly Jump[] {
  const steps = ofKind(faults, "step").map(({ fault, fromMs }) => ({ atMs: fromMs, byMs: fault.byMs }));
  const migrations = ofKind(faults, "migration").map(({ fault, toMs }) => ({ atMs: toMs, byMs: -fault.behindMs }));
  const restarts = ofKind(faults, "restart").map(({ fault, toMs }) => ({ atMs: toMs, byMs: -fault.clockBehindMs }));
  const zombies = ofKind(faults, "zombie").map(({ fault, fromMs, toMs }) => ({
    atMs: (fromMs + toMs) / 2,
    byMs: fault.stepMs,
  }));
  return [...steps, ...migrations, ...restarts, ...zombies].toSorted((a, b) => a.atMs - b.atMs);
}
