import { writeFileSync } from "node:fs";
import { markdown } from "./markdown.js";
import { PACKAGES, type Row, runOurs, runRow } from "./run-row.js";
import { SCENARIOS } from "./scenarios.js";

const FILE = new URL("../../../docs/subjects.md", import.meta.url);

const INTRODUCTION = `# Generators under bad clocks

What becomes of the generators that people use when clocks and processes misbehave. Every subject goes through the same
scenarios: two shards, each with a machine ID and a clock of its own, all of it simulated, so that every run gives this
very table. Made by \`npm run subjects\`; the scenarios are in \`tools/subjects/src/scenarios.ts\`.

The packages are asked one call after the other, with the simulated clock in place of \`Date\`, \`performance\`, \`process.hrtime\`
and timers; a restart loads them anew and gives them the same machine ID, and so does a clone, which cannot be given their
memory. UUIDs and ULIDs have no sections: only uniqueness and order are asked of them. Ours runs in the virtual world, with
its store and its windows. Where its clock cannot be trusted it refuses, or waits: that is in the table, too.
A package that promises less than this asks is not wrong: look for the letters that matter to you.

Yours goes the same way: \`shardflake simulate --profile hostile --subject ./my-generator.js\`, with a module like

\`\`\`js
import { Generator } from "my-generator";

// Its own sections, where they are not the scenario's; or idKind = "text", for IDs that sort as texts.
export const layout = { timestampBits: 41, datacenterBits: 0, machineBits: 10, sequenceBits: 12 };

// Called at every start of a process, with the same machine ID after a restart.
export default ({ layout, machineId }) => {
  const generator = new Generator({ epoch: layout.epochMs, machineId });
  return { next: () => generator.next() }; // a bigint, number, decimal text or big-endian bytes, or a promise of it
};
\`\`\`
`;

const rows: Row[] = [];
for (const ready of PACKAGES) {
  rows.push(await runRow(ready));
  process.stderr.write(`${ready.name}\n`);
}
rows.push(runOurs());
writeFileSync(FILE, `${INTRODUCTION}\n${markdown(rows, SCENARIOS)}`);
