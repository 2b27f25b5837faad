import { countText, durationText, type Layout, shareText } from "@shardflake/core";
import type { Capacity, Load } from "@shardflake/core/capacity";

/** One fact of a layout under a load: its name, what it means, and how it reads. */
export interface Fact {
  readonly name: string;
  readonly meaning: string;
  readonly text: (subject: FactSubject) => string;
}

/** What facts are about. */
export interface FactSubject {
  readonly layout: Layout;
  readonly load: Load;
  readonly capacity: Capacity;
}

const UNSTABLE = "never settles";

/** Natural logarithm of what does not happen in the age of the universe. */
const LN_NEVER = -30 * Math.LN10;

/** The few that decide. */
export const HIGHLIGHTS: readonly Fact[] = [
  {
    name: "Lifetime",
    meaning: "from the epoch to the last tick",
    text: ({ layout }) => durationText(layout.lifetimeEndMs - layout.epochMs),
  },
  { name: "Machine IDs", meaning: "in all datacenters", text: ({ layout }) => countText(layout.machines) },
  {
    name: "Ceiling of a machine ID",
    meaning: "IDs a second",
    text: ({ capacity }) => `${countText(capacity.ceilingPerMachinePerSecond)}/s`,
  },
  {
    name: "Wait, 99 of 100",
    meaning: "at most, under your load",
    text: ({ layout, capacity: { wait } }) =>
      wait.kind === "unstable" ? UNSTABLE : waitText(wait.p99Ticks * layout.tickMs),
  },
];

/** All the others. */
export const FACTS: readonly Fact[] = [
  { name: "Last day", meaning: "no ID can be made after it", text: ({ capacity }) => dayText(capacity.endsAtMs) },
  {
    name: "Ceiling",
    meaning: "all machine IDs together",
    text: ({ capacity }) => `${countText(capacity.ceilingPerSecond)}/s`,
  },
  {
    name: "Used",
    meaning: "share of a machine ID’s ceiling that your load takes",
    text: ({ capacity }) => shareText(capacity.utilisation),
  },
  {
    name: "Exhausted ticks",
    meaning: "ticks with more requests than IDs",
    text: ({ layout, capacity: { exhaustion } }) => {
      const share = shareText(exhaustion.probability, exhaustion.lnProbability);
      if (exhaustion.lnProbability < LN_NEVER) return `practically never (${share})`;
      return exhaustion.probability > 0
        ? `${share}, one every ${durationText(layout.tickMs / exhaustion.probability)}`
        : share;
    },
  },
  {
    name: "Mean backlog",
    meaning: "requests left waiting when a tick ends",
    text: ({ capacity: { backlog } }) => {
      if (backlog.kind === "unstable") return UNSTABLE;
      return backlog.lnMeanIds < LN_NEVER ? "none" : `${countText(backlog.meanIds)} IDs`;
    },
  },
  {
    name: "Mean wait",
    meaning: "of a request",
    text: ({ layout, capacity: { wait } }) =>
      wait.kind === "unstable" ? UNSTABLE : waitText(wait.meanTicks * layout.tickMs),
  },
  {
    name: "Wait, 999 of 1000",
    meaning: "at most",
    text: ({ layout, capacity: { wait } }) =>
      wait.kind === "unstable" ? UNSTABLE : waitText(wait.p999Ticks * layout.tickMs),
  },
  {
    name: "Burst",
    meaning: "wait of the last of the IDs asked for at once, on one machine ID",
    text: ({ layout, capacity: { burst } }) => durationText(burst.lastWaitTicks * layout.tickMs),
  },
  {
    name: "In order",
    meaning: "when made further apart than this",
    text: ({ capacity: { disorder } }) => durationText(disorder.boundMs),
  },
  {
    name: "JavaScript numbers",
    meaning: "exact up to 2⁵³",
    text: ({ layout, capacity: { numberMargin } }) =>
      numberMargin.bits >= 0 ? "always exact" : `exact for ${durationText(numberMargin.exactUntilMs - layout.epochMs)}`,
  },
  {
    name: "Spare machine IDs",
    meaning: "crashes an hour that they bear",
    text: ({ layout, load, capacity }) =>
      `${countText(layout.machines - load.machinesInUse)}: ${countText(capacity.crashesPerHour)} crashes/h`,
  },
  {
    name: "Machine IDs at random",
    meaning: "would collide, if they were not leased, with",
    text: ({ capacity }) => shareText(capacity.collisionProbability),
  },
  {
    name: "Random sequence start",
    meaning: "would cost, of the ceiling",
    text: ({ capacity }) => shareText(capacity.randomStartLoss),
  },
  {
    name: "UUIDs instead",
    meaning: "would collide within the lifetime (v4; v7)",
    text: ({ capacity }) =>
      `${shareText(capacity.uuidV4CollisionProbability)}; ${shareText(capacity.uuidV7CollisionProbability)}`,
  },
];

/** Waits below a nanosecond are none. */
function waitText(ms: number): string {
  return ms < 1e-6 ? "none" : durationText(ms);
}

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** `6 September 2089`, or the year alone where dates end. */
export function dayText(timeMs: number): string {
  return timeMs > 8.64e15 ? "after the year 275760" : DAY.format(timeMs);
}
