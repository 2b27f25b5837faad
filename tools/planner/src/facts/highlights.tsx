import type { VNode } from "preact";
import { HIGHLIGHTS } from "./facts.js";
import type { FactColumn } from "./use-column.js";

/** The facts that decide, of one layout or of two side by side. */
export function Highlights({ columns }: { readonly columns: readonly FactColumn[] }): VNode {
  const isAlone = columns.length === 1;
  return (
    <dl class="highlights">
      {HIGHLIGHTS.map(({ name, meaning }, i) => (
        <div key={name} class="highlight">
          <dt>{name}</dt>
          {columns.map((column) => (
            <dd key={column.name} class={isAlone ? "" : `of-${column.name}`}>
              {!isAlone && <span class="badge">{column.name}</span>}
              <strong>{column.highlights[i]}</strong>
            </dd>
          ))}
          <dd class="meaning">{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
