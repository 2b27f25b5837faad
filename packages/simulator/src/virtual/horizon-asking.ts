import { chanceOf, FLOOR_MARGIN_MS } from "@shardflake/pool/protocol";
import { mixed, unitOf } from "../chance/hash.js";
import type { Fault } from "../scenario/fault.js";
import type { Scenario } from "../scenario/scenario.js";

const SALT = 0x402120;
/** Of so many scenarios, one in which the processes ask for the horizon. */
const ONE_IN = 4;
/** Between two questions of a process, in its windows. */
const MOST_WINDOWS = 3;

/** When the processes of a world ask for the horizon. */
export interface HorizonAsking {
  /** How long a process waits before its next question, in milliseconds; different for different texts. */
  nextMs(text: string): number;
}

/**
 * Whether anybody asks follows from the seed, so that it costs the other scenarios nothing. Nobody asks where clocks are set
 * further back than floors stay behind them: who starts with such a clock once somebody has asked waits until it is set right,
 * as docs/guarantees.md says, and no bound of a scenario allows for that.
 */
export function horizonAskingOf(scenario: Pick<Scenario, "seed" | "windowMs" | "faults">): HorizonAsking {
  const { seed, windowMs, faults } = scenario;
  const behindMs = faults.reduce((sum, fault) => sum + setBackMs(fault), 0);
  if (unitOf(mixed(seed, SALT)) >= 1 / ONE_IN || behindMs >= FLOOR_MARGIN_MS) {
    return { nextMs: () => Number.POSITIVE_INFINITY };
  }
  return { nextMs: (text) => Math.ceil(chanceOf(`${seed}.${text}`) * MOST_WINDOWS * windowMs) };
}

/** How far a fault sets a clock back for good, in milliseconds. */
function setBackMs(fault: Fault): number {
  switch (fault.kind) {
    case "step":
      return Math.max(0, -fault.byMs);
    case "zombie":
      return Math.max(0, -fault.stepMs);
    case "migration":
      return fault.behindMs;
    case "restart":
      return fault.clockBehindMs;
    case "suspend":
      return fault.wall === "stays-behind" ? fault.forMs : 0;
    default:
      return 0;
  }
}
