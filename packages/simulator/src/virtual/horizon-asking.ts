import { chanceOf } from "@shardflake/pool/protocol";
import { mixed, unitOf } from "../chance/hash.js";
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

/** Whether anybody asks follows from the seed, so that it costs the other scenarios nothing. */
export function horizonAskingOf({ seed, windowMs }: Pick<Scenario, "seed" | "windowMs">): HorizonAsking {
  if (unitOf(mixed(seed, SALT)) >= 1 / ONE_IN) return { nextMs: () => Number.POSITIVE_INFINITY };
  return { nextMs: (text) => Math.ceil(chanceOf(`${seed}.${text}`) * MOST_WINDOWS * windowMs) };
}
