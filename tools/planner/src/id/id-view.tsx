import { countText, type Layout } from "@shardflake/core";
import type { VNode } from "preact";
import { Field } from "../fields/field.js";
import type { TakenApart } from "./take-apart.js";

/** The field for an ID, and what its sections say; the bits themselves are in the bar. */
export function IdView(props: {
  readonly layout: Layout;
  readonly id: string;
  readonly taken: TakenApart;
  readonly onInput: (id: string) => void;
}): VNode {
  const { layout, id, taken, onInput } = props;
  return (
    <div class="id-view">
      <Field
        id="id"
        label="Take an ID apart"
        hint="decimal, base32 or base62, such as 1541815603606036480"
        value={id}
        message={taken.kind === "wrong" ? taken.message : undefined}
        onInput={onInput}
      />
      {taken.kind === "id" && (
        <dl class="id-sections">
          <div class="timestamp">
            <dt>time</dt>
            <dd>{timeText(taken.sections.timestampMs)}</dd>
          </div>
          {layout.datacenterBits > 0 && (
            <div class="datacenter">
              <dt>datacenter</dt>
              <dd>{taken.sections.datacenterId}</dd>
            </div>
          )}
          {layout.machineBits > 0 && (
            <div class="machine">
              <dt>machine</dt>
              <dd>{taken.sections.machineId}</dd>
            </div>
          )}
          {layout.sequenceBits > 0 && (
            <div class="sequence">
              <dt>sequence</dt>
              <dd>{countText(taken.sections.sequence)}</dd>
            </div>
          )}
        </dl>
      )}
    </div>
  );
}

function timeText(timeMs: number): string {
  return timeMs > 8.64e15 ? "after the year 275760" : new Date(timeMs).toISOString();
}
