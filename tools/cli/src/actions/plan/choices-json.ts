import { defineLayout, type Layout } from "@shardflake/core";
import { type Choices, capacityOf, type SectionLengths } from "@shardflake/core/capacity";
import { capacityJson, sectionsJson } from "./capacity-json.js";
import type { ChoiceQuestion } from "./request.js";

/** The layouts for some requirements as `--json` prints them, unrounded. */
export function choicesJson({ requirements, load }: ChoiceQuestion, choices: Choices): object {
  const { epochMs, ...asked } = requirements;
  const head = { question: "which", asked: { ...asked, epoch: new Date(epochMs).toISOString() }, fits: choices.kind };
  if (choices.kind === "none") {
    const misses = choices.misses.map(({ lengths, unmet }) => ({
      layout: sectionsJson(layoutOf(lengths, epochMs)),
      unmet,
    }));
    return { ...head, legal: choices.legal, fitting: 0, misses };
  }
  const ranked = choices.ranked.map(({ lengths, wins, breaks }, i) => {
    const layout = layoutOf(lengths, epochMs);
    return { rank: i + 1, wins, breaks, ...capacityJson(layout, load, capacityOf(layout, load)) };
  });
  const { legal, fitting, undominated } = choices;
  return { ...head, legal, fitting, undominated, ranked };
}

/** The layout of some section lengths. */
export function layoutOf(lengths: SectionLengths, epochMs: number): Layout {
  const { timestampBits, datacenterBits, machineBits, sequenceBits, tickMs } = lengths;
  return defineLayout({ timestampBits, datacenterBits, machineBits, sequenceBits, tickMs, epoch: epochMs });
}
