import type { Layout } from "@shardflake/core";
import type { Load } from "@shardflake/core/capacity";
import { INITIAL, type LayoutText, layoutText, type PlanState } from "./plan-state.js";

/** The link of a plan for a layout under a load; without a load, the page's own. */
export function linkFor(layout: Layout, load: Load | undefined): string {
  const a = layoutText(layout);
  if (load === undefined) return linkOf({ ...INITIAL, a });
  const { idsPerSecond, machinesInUse, burstIds, skewMs } = load;
  const text = {
    rate: rateText(idsPerSecond),
    machines: `${machinesInUse}`,
    burst: `${burstIds}`,
    skew: `${skewMs}ms`,
  };
  return linkOf({ a, b: null, load: text, id: "" });
}

/** In the first unit in which it is a whole number; rounded to one a day where there is none. */
function rateText(idsPerSecond: number): string {
  const units: readonly (readonly [string, number])[] = [
    ["s", 1],
    ["min", 60],
    ["h", 3600],
  ];
  const unit = units.find(([, seconds]) => Number.isInteger(idsPerSecond * seconds));
  if (unit !== undefined) return `${idsPerSecond * unit[1]}/${unit[0]}`;
  return `${Math.max(1, Math.round(idsPerSecond * 86_400))}/d`;
}

/** The part of the page's address that holds the plan: `#a=41/5/5/12/1ms/2020-01-01T00:00:00.000Z&rate=10k/s…`. */
export function linkOf({ a, b, load, id }: PlanState): string {
  const parts: [string, string][] = [["a", layoutPart(a)]];
  if (b !== null) parts.push(["b", layoutPart(b)]);
  parts.push(...Object.entries(load));
  if (id !== "") parts.push(["id", id]);
  // Slashes and colons are allowed in a fragment, and easier to read.
  const text = new URLSearchParams(parts).toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
  return `#${text}`;
}

/** The plan in an address; what is missing there is as it is at first. */
export function planIn(hash: string): PlanState {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const { a, load } = INITIAL;
  const given = (name: string, otherwise: string): string => parts.get(name) ?? otherwise;
  return {
    a: layoutIn(parts.get("a")) ?? a,
    b: layoutIn(parts.get("b")),
    load: {
      rate: given("rate", load.rate),
      machines: given("machines", load.machines),
      burst: given("burst", load.burst),
      skew: given("skew", load.skew),
    },
    id: given("id", ""),
  };
}

function layoutPart({ timestamp, datacenter, machine, sequence, tick, epoch }: LayoutText): string {
  return [timestamp, datacenter, machine, sequence, tick, epoch].join("/");
}

function layoutIn(text: string | null): LayoutText | null {
  const [timestamp, datacenter, machine, sequence, tick, epoch, ...rest] = text?.split("/") ?? [];
  if (epoch === undefined || rest.length > 0) return null;
  return { timestamp: timestamp!, datacenter: datacenter!, machine: machine!, sequence: sequence!, tick: tick!, epoch };
}
