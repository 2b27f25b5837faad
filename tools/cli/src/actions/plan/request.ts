import type { Layout } from "@shardflake/core";
import type { Load, Requirements } from "@shardflake/core/capacity";
import type { PlanOptions } from "../../commands/plan.js";
import { InputError, valueError } from "../../input-error.js";
import { parseDurationMs } from "../../values/duration.js";
import { parseFactor } from "../../values/factor.js";
import { parseInteger } from "../../values/integer.js";
import { parseLayout } from "../../values/layout.js";
import { parseRatePerSecond } from "../../values/rate.js";
import { parseSize } from "../../values/size.js";
import { parseTicksMs } from "../../values/ticks.js";
import { parseWindowMs } from "../../values/window.js";
import { parseYears } from "../../values/years.js";

/** What `shardflake plan` is asked. */
export type PlanRequest = LayoutQuestion | ChoiceQuestion;

/** What does this layout give? */
export interface LayoutQuestion {
  readonly kind: "layout";
  readonly layout: Layout;
  readonly load: Load;
}

/** Which layout is needed? */
export interface ChoiceQuestion {
  readonly kind: "choice";
  readonly requirements: Requirements;
  readonly load: Load;
}

/** Options that only make sense where the layout is yet to be found. */
const CHOICE_OPTIONS = { years: "--years", maxWaitP99: "--max-wait-p99", tick: "--tick", jsSafe: "--js-safe" } as const;

/** More machine IDs than two sections of 16 bits can hold. */
const MOST_MACHINES = 2 ** 32;

/** @throws InputError `OPTION_INVALID`, `USAGE`; LayoutError */
export function parsePlanRequest(options: PlanOptions): PlanRequest {
  const layout = parseLayout(options.layout, options.epoch);
  const idsPerSecond = parseRate(options);
  return options.layout === undefined
    ? choiceQuestion(options, layout.epochMs, idsPerSecond)
    : layoutQuestion(options, layout, idsPerSecond);
}

function layoutQuestion(options: PlanOptions, layout: Layout, idsPerSecond: number): LayoutQuestion {
  for (const [name, option] of Object.entries(CHOICE_OPTIONS)) {
    if (options[name as keyof typeof CHOICE_OPTIONS] === undefined) continue;
    throw new InputError(
      "USAGE",
      `Expected ${option} without --layout (it says what a layout must be able to do), got both. Leave one out.`,
    );
  }
  const { datacenters, machines } = options;
  const groups = datacenters === undefined ? 1 : parseInteger(datacenters, "--datacenters", 1, layout.datacenters);
  const most = datacenters === undefined ? layout.machines : layout.machinesPerDatacenter;
  const machinesInUse = groups * parseInteger(machines ?? "1", "--machines", 1, most);
  return { kind: "layout", layout, load: { ...parseExtras(options), idsPerSecond, machinesInUse } };
}

function choiceQuestion(options: PlanOptions, epochMs: number, idsPerSecond: number): ChoiceQuestion {
  const datacenters = parseInteger(options.datacenters ?? "1", "--datacenters", 1, MOST_MACHINES);
  const machines = parseInteger(options.machines ?? "1", "--machines", 1, MOST_MACHINES);
  const requirements: Requirements = {
    idsPerSecond,
    years: parseYears(options.years ?? "70", "--years"),
    datacenters,
    machines,
    maxWaitP99Ms: parseDurationMs(options.maxWaitP99 ?? "0ms", "--max-wait-p99"),
    ticksMs: parseTicksMs(options.tick ?? "1ms,10ms,1s", "--tick"),
    mostBits: options.jsSafe ? 53 : 63,
    epochMs,
  };
  const load = { ...parseExtras(options), idsPerSecond, machinesInUse: datacenters * machines };
  return { kind: "choice", requirements, load };
}

/** IDs per second at the peak. */
function parseRate({ rate, peak }: PlanOptions): number {
  if (rate === undefined) {
    throw new InputError("USAGE", "Expected --rate (how many IDs are needed, such as --rate 10k/s), got none.");
  }
  const perSecond = parseRatePerSecond(rate, "--rate");
  if (perSecond === 0) throw valueError("--rate", "a rate above 0, such as 10k/s", rate);
  return perSecond * (peak === undefined ? 1 : parseFactor(peak, "--peak"));
}

function parseExtras({ burst, skew, window }: PlanOptions): Pick<Load, "burstIds" | "skewMs" | "windowMs"> {
  return {
    burstIds: parseSize(burst ?? "0", "--burst"),
    skewMs: parseDurationMs(skew ?? "10ms", "--skew"),
    windowMs: parseWindowMs(window ?? "6s"),
  };
}
