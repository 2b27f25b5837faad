import { defineLayout, describeValue, type Layout, LayoutError } from "@shardflake/core";
import * as v from "valibot";
import { SCENARIO_FORMAT, type Scenario } from "./scenario.js";
import { ScenarioError } from "./scenario-error.js";
import { scenarioSchema } from "./scenario-schema.js";

/**
 * Checks a scenario that came from outside, such as parsed JSON, and completes it: `startMs`, `layout` and its fields,
 * `windowMs`, `load` and `bounds` may be left out. Durations and times are milliseconds.
 *
 * @throws ScenarioError `SCENARIO_FORMAT_NEWER` when it was written for a newer version; `SCENARIO_INVALID` when a field
 * is missing, unknown, of the wrong type or out of range, when the layout cannot exist, has fewer machine IDs than there
 * are shards or does not cover the start, or when a fault begins after the end or befalls a shard that does not exist.
 * The message names the field by its path, such as `faults[2].byMs`
 */
export function parseScenario(value: unknown): Scenario {
  refuseNewerFormat(value);
  const result = v.safeParse(scenarioSchema, value, { abortEarly: true });
  if (!result.success) throw invalid(result.issues[0]);
  const layout = layoutOf(result.output);
  const scenario = { ...result.output, layout: completed(layout) };
  checkAgainstLayout(scenario, layout);
  checkFaults(scenario);
  return scenario;
}

/** The scenario as indented JSON text, with a line feed at its end; {@link parseScenario} reads back the same. */
export function formatScenario(scenario: Scenario): string {
  return `${JSON.stringify(scenario, null, 2)}\n`;
}

function refuseNewerFormat(value: unknown): void {
  if (typeof value !== "object" || value === null || !("format" in value)) return;
  if (!Number.isInteger(value.format) || (value.format as number) <= SCENARIO_FORMAT) return;
  throw new ScenarioError(
    "SCENARIO_FORMAT_NEWER",
    `Expected \`format\` to be at most ${SCENARIO_FORMAT}, got ${value.format}. Use the version that wrote the scenario.`,
  );
}

function invalid(issue: v.BaseIssue<unknown>): ScenarioError {
  const path = pathOf(issue);
  if (issue.type === "strict_object" && issue.expected === "never") {
    return new ScenarioError("SCENARIO_INVALID", `Expected only fields of the format, got \`${path}\`. Remove it.`);
  }
  if (issue.type === "strict_object" && issue.path !== undefined && issue.input === undefined) {
    return new ScenarioError("SCENARIO_INVALID", `Expected a field \`${path}\`, got none. Add it.`);
  }
  const expected = issue.type === "strict_object" ? "an object" : issue.message;
  return unexpected(path, expected, issue.input);
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  return keys.join("").replace(/^\./, "") || "scenario";
}

function unexpected(path: string, expected: string, got: unknown): ScenarioError {
  return new ScenarioError(
    "SCENARIO_INVALID",
    `Expected \`${path}\` to be ${expected}, got ${describeValue(got)}. Correct the scenario.`,
  );
}

function layoutOf(scenario: Scenario): Layout {
  try {
    return defineLayout(scenario.layout);
  } catch (cause) {
    if (!(cause instanceof LayoutError)) throw cause;
    throw new ScenarioError("SCENARIO_INVALID", `Expected \`layout\` to be one that can exist. ${cause.message}`, {
      cause,
    });
  }
}

function completed(layout: Layout): Scenario["layout"] {
  const { timestampBits, datacenterBits, machineBits, sequenceBits, epochMs, tickMs } = layout;
  return { timestampBits, datacenterBits, machineBits, sequenceBits, epoch: epochMs, tickMs };
}

function checkAgainstLayout({ startMs, shards }: Scenario, layout: Layout): void {
  if (shards > layout.machines) {
    throw unexpected("shards", `at most the ${layout.machines} machine IDs of the layout`, shards);
  }
  if (startMs < layout.epochMs || startMs >= layout.lifetimeEndMs) {
    const lifetime = `from the layout's epoch ${layout.epochMs} to before the end of its lifetime ${layout.lifetimeEndMs}`;
    throw unexpected("startMs", lifetime, startMs);
  }
}

function checkFaults({ faults, durationMs, shards }: Scenario): void {
  for (const [place, fault] of faults.entries()) {
    const { atMs, on } = fault;
    if (atMs >= durationMs) {
      throw unexpected(`faults[${place}].atMs`, `before the end of the scenario, ${durationMs}`, atMs);
    }
    const beyond = typeof on === "string" ? -1 : on.findIndex((shard) => shard >= shards);
    if (typeof on !== "string" && beyond >= 0) {
      throw unexpected(`faults[${place}].on[${beyond}]`, `a shard from 0 to ${shards - 1}`, on[beyond]);
    }
    if (fault.kind === "store" && fault.trouble === "slow" && fault.delayMs === 0) {
      throw unexpected(`faults[${place}].delayMs`, "above 0 while the store is slow", 0);
    }
  }
}
