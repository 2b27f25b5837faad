import { readFileSync, statSync } from "node:fs";
import type { LayoutOptions } from "@shardflake/core";
import { PROFILES, type Profile, parseScenario, type ScenarioSource, type World } from "@shardflake/simulator";
import type { SimulateOptions } from "../../commands/simulate.js";
import { InputError, valueError } from "../../input-error.js";
import { parseDurationMs } from "../../values/duration.js";
import { parseInteger } from "../../values/integer.js";
import { parseLayout } from "../../values/layout.js";

const MOST_SEED = 2 ** 32 - 1;
const DEFAULT_SEED = 1;
const DEFAULT_PROFILE: Profile = "hostile";

/** A scenario for every seed. */
export interface SeededScenarios {
  readonly firstSeed: number;
  readonly sourceOf: (seed: number) => ScenarioSource;
  /** The arguments that lead to the scenario of a seed again. */
  readonly argumentsOf: (seed: number) => readonly string[];
}

/**
 * A scenario from a file or JSON text, or of a profile; options replace what it says itself.
 *
 * @throws InputError `INPUT_UNREADABLE`, `SCENARIO_INVALID`, `OPTION_INVALID`, `USAGE`; what parseScenario throws
 */
export function parseSeededScenarios(
  given: string | undefined,
  options: SimulateOptions,
  world: World,
): SeededScenarios {
  const seed = options.seed === undefined ? undefined : parseInteger(options.seed, "--seed", 0, MOST_SEED);
  const changes = parseChanges(options);
  const typed = ["duration", "shards", "layout", "epoch"] as const;
  const restOf = (): string[] =>
    typed.flatMap((name) => (options[name] === undefined ? [] : [`--${name}`, options[name]]));

  if (given === undefined) {
    const profile = parseProfile(options.profile ?? DEFAULT_PROFILE);
    const { layout = null, ...size } = changes;
    return {
      firstSeed: seed ?? DEFAULT_SEED,
      sourceOf: (seed) => ({ kind: "profile", profile, seed, options: { ...size, world }, layout }),
      argumentsOf: (seed) => ["--profile", profile, "--seed", `${seed}`, ...restOf()],
    };
  }
  if (options.profile !== undefined) {
    throw new InputError("USAGE", "Expected a scenario or --profile, got both.");
  }
  const scenario = parseScenario(readScenario(given));
  const changed = parseScenario({ ...scenario, ...changes });
  return {
    firstSeed: seed ?? scenario.seed,
    sourceOf: (seed) => ({ kind: "given", scenario: { ...changed, seed } }),
    argumentsOf: (seed) => [asArgument(given), ...(seed === scenario.seed ? [] : ["--seed", `${seed}`]), ...restOf()],
  };
}

/** A path that can stand where it can be mistaken neither for an option nor for JSON. */
export function asArgument(path: string): string {
  return path.startsWith("-") ? `./${path}` : path;
}

/** What options say in place of the scenario. */
interface Changes {
  readonly durationMs?: number;
  readonly shards?: number;
  readonly layout?: LayoutOptions;
}

function parseChanges({ duration, shards, layout, epoch }: SimulateOptions): Changes {
  return {
    ...(duration === undefined ? {} : { durationMs: parseDurationMs(duration, "--duration") }),
    ...(shards === undefined ? {} : { shards: parseInteger(shards, "--shards", 1, 65_536) }),
    ...(layout === undefined && epoch === undefined ? {} : { layout: layoutOptions(layout, epoch) }),
  };
}

function layoutOptions(layout: string | undefined, epoch: string | undefined): LayoutOptions {
  const { timestampBits, datacenterBits, machineBits, sequenceBits, epochMs, tickMs } = parseLayout(layout, epoch);
  return { timestampBits, datacenterBits, machineBits, sequenceBits, epoch: epochMs, tickMs };
}

function parseProfile(name: string): Profile {
  const profile = PROFILES.find((known) => known === name);
  if (profile === undefined) throw valueError("--profile", `one of ${PROFILES.join(", ")}`, name);
  return profile;
}

function readScenario(given: string): unknown {
  if (given.trimStart().startsWith("{")) return fromJson(given, "the scenario");
  try {
    if (statSync(given).isDirectory()) {
      throw new InputError("INPUT_DIRECTORY", `Expected ${given} to be a file, got a directory.`);
    }
    return fromJson(readFileSync(given, "utf8"), given);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError("INPUT_UNREADABLE", `Expected to read the scenario ${given}, got: ${reason}.`);
  }
}

function fromJson(json: string, where: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError("SCENARIO_INVALID", `Expected ${where} to be JSON, got text that is not: ${reason}.`);
  }
}
