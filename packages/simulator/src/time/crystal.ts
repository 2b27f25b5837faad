import { mixed, unitOf } from "../chance/hash.js";
import { cosinePi } from "./cosine.js";
import { ofKind, type PlacedFault } from "./placed-fault.js";
import { constant, plateau, sum, type Trajectory } from "./trajectory.js";

const DAY_MS = 86_400_000;
/** Half an hour: within it the temperature of a machine room, and so the wander, hardly changes. */
const WANDER_STEP_MS = DAY_MS / 48;

/**
 * The crystal's own rate error over true time: steps of a rate (ms per ms), the sum of the drift faults. 10 to 100 ppm are
 * normal, 78 ppm was the median and more than 500 ppm the tail of a survey of hosts (D. Mills et al., "A survey of the NTP
 * network"); temperature moves it by about 1 ppm per degree (ntp.org FAQ), here in a daily cycle.
 */
export function crystalRate(faults: readonly PlacedFault[], salt: number, durationMs: number): Trajectory {
  return ofKind(faults, "drift").reduce((rate, placed) => {
    const { ppm, wanderPpm } = placed.fault;
    const { fromMs, toMs } = placed;
    if (wanderPpm === 0) return sum(rate, plateau(fromMs, toMs, ppm * 1e-6));
    return sum(rate, wandering(placed, salt, Math.min(toMs, durationMs)));
  }, constant(0));
}

function wandering({ fault, place, fromMs, toMs }: PlacedFault<"drift">, salt: number, endMs: number): Trajectory {
  const rate = constant(0);
  const phaseMs = unitOf(mixed(salt, place)) * DAY_MS;
  for (let step = 0; fromMs + step * WANDER_STEP_MS < endMs; step++) {
    const middleMs = (step + 0.5) * WANDER_STEP_MS + phaseMs;
    rate.append(fromMs + step * WANDER_STEP_MS, (fault.ppm + fault.wanderPpm * dailyCycle(middleMs)) * 1e-6, 0);
  }
  rate.append(toMs, 0, 0);
  return rate;
}

/** From 1 to -1 and back to 1 once a day. */
function dailyCycle(timeMs: number): number {
  const turn = ((timeMs / DAY_MS) % 1) * 2;
  return turn <= 1 ? cosinePi(turn) : cosinePi(2 - turn);
}
