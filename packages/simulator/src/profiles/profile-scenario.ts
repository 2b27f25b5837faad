import { Draw } from "../chance/draw.js";
import { mixed } from "../chance/hash.js";
import type { Fault } from "../scenario/fault.js";
import { parseScenario } from "../scenario/parse-scenario.js";
import { type Load, SCENARIO_FORMAT, type Scenario } from "../scenario/scenario.js";
import { ScenarioError } from "../scenario/scenario-error.js";
import { type Act, bump } from "./acts.js";
import { type Programme, programmeOf } from "./acts-of-profile.js";
import { boundsFor } from "./bounds.js";
import { PROFILES, type Profile, type ProfileOptions, type World } from "./profile.js";
import { releasesWhatWasCopied } from "./promise.js";
import type { Stage } from "./stage.js";
import { unseenFaults } from "./unseen-faults.js";

/** One fault alone finds little. */
const LEAST_FAULTS = 2;
/** How often the whole is tried when less comes of it. */
const ROUNDS = 5;
/** How often an act that nobody would see is drawn again, before it is left out. */
const ATTEMPTS = 8;

/**
 * The scenario that a profile makes of a seed (0 to 2^32 - 1); the same one every time, as long as the profile stays as it
 * is: what must be replayed later is the scenario, not the seed. Every fault lies where requests are, so that it can be
 * seen.
 *
 * @throws ScenarioError `SCENARIO_INVALID` when the options make no scenario, or one that is too short for what happens in
 * the profile to be seen
 */
export function profileScenario(profile: Profile, seed: number, options: ProfileOptions): Scenario {
  const { world } = options;
  const draw = new Draw(mixed(seed, PROFILES.indexOf(profile)));
  const durationMs = options.durationMs ?? drawDurationMs(draw, profile, options);
  const shards = options.shards ?? draw.integer(2, world === "pool" ? 3 : 4);
  const windowMs = drawWindowMs(draw, world, durationMs);
  const layout = drawLayout(draw, shards);
  const { load, gapMs } = drawLoad(draw, world, { durationMs, shards, layout });
  const stage: Stage = { draw, world, durationMs, shards, windowMs, gapMs };
  const bare = parseScenario({ format: SCENARIO_FORMAT, seed, durationMs, shards, layout, windowMs, load, faults: [] });
  const faults = performed(programmeOf(profile, stage), bare, stage);
  const isHostile = faults.some(({ kind }) => kind === "restart");
  if (faults.length < LEAST_FAULTS || (profile === "hostile" && !isHostile)) throw tooShort(profile, stage);
  return parseScenario({ ...bare, faults, bounds: boundsFor(faults, load, stage) });
}

function tooShort(profile: Profile, { durationMs, shards }: Stage): ScenarioError {
  return new ScenarioError(
    "SCENARIO_INVALID",
    `Expected \`durationMs\` to leave room for the faults of profile ${profile} on ${shards} shards, got ${durationMs}. ` +
      "Take a longer one.",
  );
}

/** Draws what happens, act by act, so that every fault can be seen, the later ones not hiding the earlier ones. */
function performed({ acts, mostFaults }: Programme, bare: Scenario, stage: Stage): readonly Fault[] {
  let faults: readonly Fault[] = [];
  for (let round = 0; round < ROUNDS && faults.length < LEAST_FAULTS; round++) {
    // What there is no room for is made up by a step, which has room anywhere.
    for (const act of round === 0 ? acts : [...acts, bump]) faults = withAct(act, faults, mostFaults, bare, stage);
  }
  return faults;
}

function withAct(
  act: Act,
  faults: readonly Fault[],
  mostFaults: number,
  bare: Scenario,
  stage: Stage,
): readonly Fault[] {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const more = [...faults, ...act(stage)];
    const candidate = { ...bare, faults: more };
    if (more.length > mostFaults || releasesWhatWasCopied(candidate)) continue;
    if (unseenFaults(candidate).length === 0) return more;
  }
  return faults;
}

function drawDurationMs(draw: Draw, profile: Profile, { world }: ProfileOptions): number {
  if (world === "pool") return draw.integer(3000, 6000);
  if (profile === "calm") return draw.integer(20, 60) * 60_000;
  if (profile === "ntp") return draw.happens(0.3) ? draw.integer(30, 50) * 3_600_000 : draw.integer(20, 60) * 60_000;
  return draw.integer(60_000, 180_000);
}

/** From 0.2 to 6 s; short ones for short scenarios, so that renewals do not make up the most of what is simulated. */
function drawWindowMs(draw: Draw, world: World, durationMs: number): number {
  const leastMs = durationMs / 1000;
  if (world === "pool") return draw.oneOf([300, 500]);
  return Math.max(draw.oneOf([200, 500, 1000, 3000, 6000]), Math.min(6000, Math.ceil(leastMs / 100) * 100));
}

/** A short sequence in half of the layouts, so that bursts exhaust it; few machine IDs in some, so that they are reused. */
function drawLayout(draw: Draw, shards: number): Scenario["layout"] {
  if (draw.happens(0.5)) return {};
  const machineBits = Math.ceil(Math.log2(shards)) + draw.integer(0, 3);
  return { datacenterBits: 0, machineBits, sequenceBits: draw.integer(1, 6), tickMs: draw.oneOf([1, 1, 10]) };
}

/** About as many requests in every scenario, so that long ones take no longer; more for a fleet, up to a point. */
const REQUESTS = 20_000;
const SHARDS_IN_MIND = 4;
const MOST_REQUESTS = 1_000_000;
/** IDs that a scenario may come to when every shard always asks for more: real threads make them in passing. */
const MOST_SATURATED: Readonly<Record<World, number>> = { virtual: 200_000, pool: 2_000_000 };

function drawLoad(
  draw: Draw,
  world: World,
  { durationMs, shards, layout }: Pick<Scenario, "durationMs" | "shards" | "layout">,
): { readonly load: Load; readonly gapMs: number } {
  const { sequenceBits = 12, tickMs = 1 } = layout;
  const saturated = ((shards * durationMs) / tickMs) * 2 ** sequenceBits;
  if (saturated <= MOST_SATURATED[world] && draw.happens(0.5)) return { load: { kind: "saturating" }, gapMs: tickMs };
  const requests = Math.min(MOST_REQUESTS, REQUESTS * Math.max(1, shards / SHARDS_IN_MIND));
  const most = 500 * Math.max(SHARDS_IN_MIND, shards);
  const idsPerSecond = Math.max(0.5, Math.min(most, Math.round((requests * 1000) / durationMs)));
  const gapMs = (1000 * shards) / idsPerSecond;
  const kind = draw.oneOf(["steady", "poisson", "burst"]);
  if (kind !== "burst") return { load: { kind, idsPerSecond }, gapMs };
  const ids = draw.integer(5, 100);
  const everyMs = Math.ceil(ids * gapMs);
  return { load: { kind, ids, everyMs }, gapMs: everyMs };
}
