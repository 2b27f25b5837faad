import type { Layout } from "@shardflake/core";
import { chooseLayout } from "@shardflake/core/capacity";
import { layoutOf } from "./choices-json.js";
import type { ChoiceQuestion } from "./request.js";

/** The best layout for what is needed, or the one that misses it by least. */
export function firstLayout({ requirements }: ChoiceQuestion): Layout {
  const choices = chooseLayout(requirements);
  const { lengths } = choices.kind === "some" ? choices.ranked[0]! : choices.misses[0]!;
  return layoutOf(lengths, requirements.epochMs);
}
