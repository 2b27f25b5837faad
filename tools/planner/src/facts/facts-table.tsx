import type { VNode } from "preact";
import { FACTS } from "./facts.js";
import type { FactColumn } from "./use-column.js";

/** All other facts, of one layout or of two side by side. */
export function FactsTable({ columns }: { readonly columns: readonly FactColumn[] }): VNode {
  const isAlone = columns.length === 1;
  return (
    <table class="facts">
      <caption class="only-read">Everything else that follows</caption>
      <thead class={isAlone ? "only-read" : ""}>
        <tr>
          <th scope="col">Fact</th>
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              Layout {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {FACTS.map(({ name, meaning }, i) => (
          <tr key={name}>
            <th scope="row">
              {name} <small>{meaning}</small>
            </th>
            {columns.map((column) => (
              <td key={column.name}>{column.facts[i]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
