import type { LayoutOptions } from "@shardflake/core";
import type { Profile, ProfileOptions } from "../profiles/profile.js";
import { profileScenario } from "../profiles/profile-scenario.js";
import { parseScenario } from "../scenario/parse-scenario.js";
import type { Scenario } from "../scenario/scenario.js";

/** A scenario, or how to come by one: drawing it can take longer than running it, so threads do that, too. */
export type ScenarioSource =
  | { readonly kind: "given"; readonly scenario: Scenario }
  | {
      readonly kind: "profile";
      readonly profile: Profile;
      readonly seed: number;
      readonly options: ProfileOptions;
      /** In place of the layout that the profile draws. */
      readonly layout: LayoutOptions | null;
    };

/** @throws ScenarioError `SCENARIO_INVALID` when the options make no scenario */
export function scenarioFrom(source: ScenarioSource): Scenario {
  if (source.kind === "given") return source.scenario;
  const { profile, seed, options, layout } = source;
  const scenario = profileScenario(profile, seed, options);
  return layout === null ? scenario : parseScenario({ ...scenario, layout });
}
