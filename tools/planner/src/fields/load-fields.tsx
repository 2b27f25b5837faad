import type { VNode } from "preact";
import type { LoadText } from "../state/plan-state.js";
import type { LoadField } from "../state/reading.js";
import { Field } from "./field.js";

const FIELDS: readonly { readonly name: LoadField; readonly label: string; readonly hint: string }[] = [
  { name: "rate", label: "IDs needed", hint: "10k/s, 2M/min; all machine IDs together, at the peak" },
  { name: "machines", label: "Machine IDs in use", hint: "they share the load evenly" },
  { name: "burst", label: "IDs at once", hint: "the largest batch or burst" },
  { name: "skew", label: "Clock skew", hint: "largest distance from true time" },
];

/** What is asked of a layout. */
export function LoadFields(props: {
  readonly load: LoadText;
  readonly messages: Readonly<Partial<Record<LoadField, string>>>;
  readonly onChange: (load: LoadText) => void;
}): VNode {
  const { load, messages, onChange } = props;
  return (
    <div class="fields">
      {FIELDS.map(({ name, label, hint }) => (
        <Field
          key={name}
          id={`load-${name}`}
          label={label}
          hint={hint}
          value={load[name]}
          message={messages[name]}
          onInput={(value) => onChange({ ...load, [name]: value })}
        />
      ))}
    </div>
  );
}
