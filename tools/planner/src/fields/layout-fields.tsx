import { presets } from "@shardflake/core";
import type { VNode } from "preact";
import { type LayoutText, layoutText, SECTIONS } from "../state/plan-state.js";
import type { LayoutField } from "../state/reading.js";
import { Field } from "./field.js";

type PresetName = keyof typeof presets;
const PRESETS = Object.keys(presets) as PresetName[];

const LABELS: Readonly<Record<(typeof SECTIONS)[number], string>> = {
  timestamp: "Timestamp",
  datacenter: "Datacenter",
  machine: "Machine",
  sequence: "Sequence",
};

/** The numbers of a layout, to type; the bar above them is for dragging. */
export function LayoutFields(props: {
  readonly name: "A" | "B";
  readonly text: LayoutText;
  readonly messages: Readonly<Partial<Record<LayoutField, string>>>;
  readonly onChange: (text: LayoutText) => void;
}): VNode {
  const { name, text, messages, onChange } = props;
  const field = (which: LayoutField, label: string, className: string): VNode => (
    <Field
      key={which}
      id={`${name}-${which}`}
      label={label}
      className={className}
      inputMode={className === "" ? "text" : "numeric"}
      value={text[which]}
      message={messages[which]}
      onInput={(value) => onChange({ ...text, [which]: value })}
    />
  );
  const preset = PRESETS.find((candidate) => isSame(layoutText(presets[candidate]), text));
  return (
    <fieldset class="layout-fields">
      <legend class="only-read">Layout {name}</legend>
      {SECTIONS.map((section) => field(section, LABELS[section], `section ${section}`))}
      {field("tick", "Tick", "")}
      <div class="field">
        <label for={`${name}-preset`}>Preset</label>
        <select
          id={`${name}-preset`}
          value={preset ?? ""}
          onChange={({ currentTarget }) => onChange(layoutText(presets[currentTarget.value as PresetName]))}
        >
          {preset === undefined && <option value="">custom</option>}
          {PRESETS.map((candidate) => (
            <option key={candidate} value={candidate}>
              {candidate}
            </option>
          ))}
        </select>
      </div>
      {field("epoch", "Epoch", "wide")}
    </fieldset>
  );
}

function isSame(a: LayoutText, b: LayoutText): boolean {
  return (Object.keys(a) as LayoutField[]).every((field) => a[field] === b[field]);
}
