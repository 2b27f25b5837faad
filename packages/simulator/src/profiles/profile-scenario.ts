import { Draw } from "../chance/draw.js";
import { mixed } from "../chance/hash.js";
import { parseScenario } from "../scenario/parse-scenario.js";
import { type Load, SCENARIO_FORMAT, type Scenario } from "../scenario/scenario.js";
import { boundsFor } from "./bounds.js";
import { faultsOfProfile } from "./faults-of-profile.js";
import { PROFILES, type Profile, type ProfileOptions } from "./profile.js";

/**
 * The scenario that a profile makes of a seed (0 to 2^32 - 1); the same one every time, as long as the profile stays as it
 * is: what must be replayed later is the scenario, not the seed. Every fault lies where requests are, so that it can be
 * seen.
 *
 * @throws ScenarioError `SCENARIO_INVALID` when the options make no scenario
 */
export function profileScenario(profile: Profile, seed: number, options: ProfileOptions): Scenario {
  const draw = new Draw(mixed(seed, PROFILES.indexOf(profile)));
  const { world } = options;
  const durationMs = options.durationMs ?? drawDurationMs(draw, profile, options);
  const shards = options.shards ?? draw.integer(2, world === "pool" ? 3 : 4);
  const windowMs = world === "pool" ? draw.oneOf([300, 600, 1500]) : draw.oneOf([200, 500, 1000, 3000, 6000]);
  const { load, gapMs } = drawLoad(draw, durationMs, shards);
  const stage = { draw, world, durationMs, shards, windowMs, gapMs };
  const faults = faultsOfProfile(profile, stage);
  return parseScenario({
    format: SCENARIO_FORMAT,
    seed,
    durationMs,
    shards,
    layout: drawLayout(draw, shards),
    windowMs,
    load,
    faults,
    bounds: boundsFor(faults, stage),
  });
}

function drawDurationMs(draw: Draw, profile: Profile, { world }: ProfileOptions): number {
  if (world === "pool") return draw.integer(3000, 6000);
  if (profile === "calm") return 600_000;
  if (profile === "ntp") return draw.happens(0.3) ? draw.integer(30, 50) * 3_600_000 : draw.integer(20, 60) * 60_000;
  return draw.integer(60_000, 180_000);
}

/** About as many requests in every scenario, so that long ones take no longer. */
function drawLoad(draw: Draw, durationMs: number, shards: number): { readonly load: Load; readonly gapMs: number } {
  const idsPerSecond = Math.max(0.5, Math.min(2000, Math.round(30_000_000 / durationMs)));
  const gapMs = (1000 * shards) / idsPerSecond;
  const kind = draw.oneOf(["steady", "poisson", "burst"]);
  if (kind !== "burst") return { load: { kind, idsPerSecond }, gapMs };
  const everyMs = Math.ceil(draw.integer(5, 20) * gapMs);
  return { load: { kind, ids: Math.max(1, Math.round(everyMs / gapMs)), everyMs }, gapMs: everyMs };
}

/** Half of the layouts have a short sequence, so that bursts exhaust it. */
function drawLayout(draw: Draw, shards: number): Scenario["layout"] {
  if (draw.happens(0.5)) return {};
  const machineBits = Math.ceil(Math.log2(shards)) + draw.integer(0, 3);
  return { datacenterBits: 0, machineBits, sequenceBits: draw.integer(1, 6), tickMs: draw.oneOf([1, 1, 10]) };
}
