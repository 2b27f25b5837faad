import { type Layout, presets } from "@shardflake/core";

/** A layout as it was typed. What cannot be used stays as it is, with a message beside it. */
export interface LayoutText {
  readonly timestamp: string;
  readonly datacenter: string;
  readonly machine: string;
  readonly sequence: string;
  readonly tick: string;
  readonly epoch: string;
}

/** What is asked of the layouts, as it was typed. */
export interface LoadText {
  readonly rate: string;
  readonly machines: string;
  readonly burst: string;
  readonly skew: string;
}

/** Everything there is on the page; a plan is a link, so all of it is text. */
export interface PlanState {
  readonly a: LayoutText;
  /** The layout to compare with, if there is one. */
  readonly b: LayoutText | null;
  readonly load: LoadText;
  /** An ID to take apart, or nothing. */
  readonly id: string;
}

/** The names of the sections, from the top bits down. */
export const SECTIONS = ["timestamp", "datacenter", "machine", "sequence"] as const;
export type Section = (typeof SECTIONS)[number];

export const INITIAL: PlanState = {
  a: layoutText(presets.shardflake),
  b: null,
  load: { rate: "10k/s", machines: "1", burst: "5000", skew: "10ms" },
  id: "",
};

/** A layout as text. */
export function layoutText(layout: Layout): LayoutText {
  const { timestampBits, datacenterBits, machineBits, sequenceBits, tickMs, epochMs } = layout;
  return {
    timestamp: `${timestampBits}`,
    datacenter: `${datacenterBits}`,
    machine: `${machineBits}`,
    sequence: `${sequenceBits}`,
    tick: `${tickMs}ms`,
    epoch: new Date(epochMs).toISOString(),
  };
}

/** The same with the section lengths of a layout. */
export function withSections(text: LayoutText, layout: Layout): LayoutText {
  const { timestamp, datacenter, machine, sequence } = layoutText(layout);
  return { ...text, timestamp, datacenter, machine, sequence };
}
