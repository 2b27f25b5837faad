import { countText, durationText } from "@shardflake/core";
import {
  type Choice,
  type Choices,
  capacityOf,
  type Headroom,
  type Requirements,
  type Win,
} from "@shardflake/core/capacity";
import Table from "cli-table3";
import { timeJson } from "./capacity-json.js";
import { lengthsText } from "./capacity-table.js";
import { layoutOf } from "./choices-json.js";
import type { ChoiceQuestion } from "./request.js";

/** The layouts for some requirements, for people. */
export function choicesTable(question: ChoiceQuestion, choices: Choices): string {
  const { requirements } = question;
  const asked = `asked       ${askedText(requirements)}\n`;
  if (choices.kind === "none") return `${asked}${missesText(choices, requirements)}`;
  const { legal, fitting, undominated, ranked } = choices;
  const found =
    `found       ${countText(fitting)} of ${countText(legal)} layouts fit; ` +
    `${countText(undominated)} of them are not replaced by a better one\n`;
  const reasons = ranked.map((choice, i) => `${reasonText(i, choice, requirements)}\n`).join("");
  return `${asked}${found}\n${rankedTable(question, ranked)}\n\n${reasons}`;
}

function askedText(requirements: Requirements): string {
  const { idsPerSecond, years, datacenters, machines, maxWaitP99Ms, ticksMs, mostBits, epochMs } = requirements;
  const places = datacenters === 1 ? `${countText(machines)}` : `${countText(datacenters)} × ${countText(machines)}`;
  const wait = maxWaitP99Ms === 0 ? "do not wait" : `wait at most ${durationText(maxWaitP99Ms)}`;
  return (
    `${countText(idsPerSecond)} IDs/s at the peak on ${places} machine IDs for ${countText(years)} years from ` +
    `${timeJson(epochMs)?.slice(0, 10)}, in ${mostBits} bits; 99 % ${wait}; tick ${ticksMs.map(durationText).join(" or ")}`
  );
}

function rankedTable({ requirements, load }: ChoiceQuestion, ranked: readonly Choice[]): string {
  const table = new Table({
    head: ["", "layout", "tick", "lasts", "until", "machine IDs", "IDs/s each", "IDs/s in all", "used"],
    colAligns: ["right", "left", "right", "right", "left", "right", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const [i, { lengths }] of ranked.entries()) {
    const layout = layoutOf(lengths, requirements.epochMs);
    const capacity = capacityOf(layout, load);
    table.push([
      `${i + 1}`,
      lengthsText(layout),
      durationText(layout.tickMs),
      durationText(layout.lifetimeEndMs - layout.epochMs),
      timeJson(capacity.endsAtMs)?.slice(0, 10) ?? "",
      countText(capacity.machines),
      countText(capacity.ceilingPerMachinePerSecond),
      countText(capacity.ceilingPerSecond),
      `${countText(capacity.utilisation * 100)} %`,
    ]);
  }
  return table.toString();
}

function reasonText(place: number, { wins, breaks }: Choice, requirements: Requirements): string {
  const why = wins.map((win) => winText(win, requirements)).join(", and ");
  return `${`${place + 1}`.padStart(2)}  ${why}; breaks first at ${breaksText(breaks, requirements)}`;
}

function winText(win: Win, requirements: Requirements): string {
  switch (win.kind) {
    case "ceiling":
      return "the finest tick, and at it the highest ceiling: the most reserve for peaks and uneven loads";
    case "trade":
      return `${countText(win.times)} × the ${nounOf(win, requirements)} of 1, for a lower ceiling`;
    case "balance":
      return `balanced: all that was asked for may grow ${countText(win.times)} ×`;
    case "number":
      return "53 bits: every ID is exact as a JavaScript number";
    case "tick":
      return `a coarser tick for ${countText(win.times)} × the ceiling of 1`;
  }
}

function breaksText({ requirement, limit, asked }: Headroom, requirements: Requirements): string {
  if (requirement === "load") return `${countText(limit)} IDs/s (asked: ${countText(asked)})`;
  const isWhole = requirement !== "years";
  const first = isWhole ? countText(limit + 1) : countText(limit);
  return `${first} ${nounOf({ requirement }, requirements)} (asked: ${countText(asked)})`;
}

function missesText({ legal, misses }: Extract<Choices, { kind: "none" }>, requirements: Requirements): string {
  const rows = misses.map(({ lengths, unmet }) => {
    const short = unmet.map(({ limit, asked, requirement }) => {
      const noun = requirement === "load" ? "IDs/s" : nounOf({ requirement }, requirements);
      return `${countText(limit)} of ${countText(asked)} ${noun}`;
    });
    return `  ${lengthsText(lengths).padEnd(12)} tick ${durationText(lengths.tickMs).padEnd(6)} ${short.join(" and ")}\n`;
  });
  return `found       none of ${countText(legal)} layouts fits\n\nThe nearest misses give\n${rows.join("")}`;
}

function nounOf({ requirement }: Pick<Headroom, "requirement">, { datacenters }: Requirements): string {
  if (requirement === "machines") return datacenters === 1 ? "machine IDs" : "machine IDs in a datacenter";
  return requirement === "load" ? "load" : requirement;
}
