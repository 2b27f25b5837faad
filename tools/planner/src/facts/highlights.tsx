import type { VNode } from "preact";
import { type FactColumn, HIGHLIGHTS } from "./facts.js";

/** The facts that decide, of one layout or of two side by side. */
export function Highlights({ columns }: { readonly columns: readonly FactColumn[] }): VNode {
  const isAlone = columns.length === 1;
  return (
    <dl class="highlights">
      {HIGHLIGHTS.map(({ name, meaning, text }) => (
        <div key={name} class="highlight">
          <dt>{name}</dt>
          {columns.map((column) => (
            <dd key={column.name} class={isAlone ? "" : `of-${column.name}`}>
              {!isAlone && <span class="badge">{column.name}</span>}
              <strong>{column.subject === null ? "–" : text(column.subject)}</strong>
            </dd>
          ))}
          <dd class="meaning">{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
