import { cosinePi } from "./cosine.js";
import { ofKind, type PlacedFault } from "./placed-fault.js";
import { constant, plateau, sum, type Trajectory } from "./trajectory.js";

const LEAP_MS = 1000;
/** chrony.conf(5), `leapsecmode slew`: a leap second takes 12 s, which is `maxslewrate`. */
const SLEW_RATE = 1 / 12;
const SMEAR_PIECES = 64;

/** What the host's clock takes from its source of time, in ms over true time. Daemons follow it, they do not mend it. */
export interface SourceError {
  /** Set in one go: leap seconds that are stepped. Monotonic time does not know of them. */
  readonly stepped: Trajectory;
  /** Brought about by running faster or slower, so that monotonic time has it, too. */
  readonly slewed: Trajectory;
}

export function sourceError(faults: readonly PlacedFault[]): SourceError {
  const leaps = ofKind(faults, "leap-second");
  const steps = leaps.filter(({ fault }) => fault.handling === "step");
  const slews = leaps.filter(({ fault }) => fault.handling === "slew");
  const stepped = steps.map(({ fault, fromMs, toMs }) => plateau(fromMs, toMs, leapMs(fault.direction)));
  const slewed = [...slews.map(slewedLeap), ...ofKind(faults, "leap-smear").map(smear)];
  return { stepped: stepped.reduce(sum, constant(0)), slewed: slewed.reduce(sum, constant(0)) };
}

/** An inserted second is counted twice: the clock is behind those that did not count it. */
function leapMs(direction: "insert" | "delete"): number {
  return direction === "insert" ? -LEAP_MS : LEAP_MS;
}

/** Away from true time and back by the end of the interval, never faster than a slew; a short one gets less far. */
function slewedLeap({ fault, fromMs, toMs }: PlacedFault<"leap-second">): Trajectory {
  const slewMs = Math.min(LEAP_MS / SLEW_RATE, (toMs - fromMs) / 2);
  const slope = Math.sign(leapMs(fault.direction)) * SLEW_RATE;
  const error = constant(0);
  error.append(fromMs, 0, slope);
  error.append(fromMs + slewMs, slope * slewMs, 0);
  error.append(toMs - slewMs, slope * slewMs, -slope);
  error.append(toMs, 0, 0);
  return error;
}

/**
 * A second lost little by little. 24 hours linear from noon to noon (11.6 ppm), 17 hours, and 62,500 s were published by
 * those who run such sources. At the end of the interval everybody else makes the leap, and the fleet agrees again.
 */
function smear({ fault, fromMs, toMs }: PlacedFault<"leap-smear">): Trajectory {
  const error = constant(0);
  const pieces = fault.shape === "linear" ? 1 : SMEAR_PIECES;
  for (let piece = 0; piece < pieces; piece++) {
    const lost = lostShare(fault.shape, piece / pieces);
    const slope = (lostShare(fault.shape, (piece + 1) / pieces) - lost) / ((toMs - fromMs) / pieces);
    error.append(fromMs + ((toMs - fromMs) * piece) / pieces, -LEAP_MS * lost, -LEAP_MS * slope);
  }
  error.append(toMs, 0, 0);
  return error;
}

function lostShare(shape: "linear" | "cosine", passed: number): number {
  return shape === "linear" ? passed : (1 - cosinePi(passed)) / 2;
}
