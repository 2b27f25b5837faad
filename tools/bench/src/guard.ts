/**
 * `npm run bench:guard` fails when a ratio regressed beyond its band in guard.json; `-- --renew` measures the references
 * anew. Ratios only: absolute times are of a machine.
 */
import { parseArgs } from "node:util";
import { guard } from "./guard/guard.js";
import { PROBES } from "./guard/probes.js";
import { readReferences, renewReferences } from "./guard/references.js";

const { values } = parseArgs({ options: { renew: { type: "boolean", default: false } } });
const names = Object.keys(PROBES);
const measure = (name: string): Promise<number> => PROBES[name]!();

if (values.renew) {
  for (const [name, { ratio, band }] of Object.entries(await renewReferences(names, measure))) {
    process.stdout.write(`${name}: ${ratio}, band ${band * 100} %\n`);
  }
} else {
  const references = readReferences();
  const unlike = [...names, ...Object.keys(references)].find((name) => !(name in references && name in PROBES));
  if (unlike !== undefined) throw new Error(`Expected a probe and a reference for "${unlike}". Renew guard.json.`);
  const { lines, regressed } = await guard(references, measure);
  process.stdout.write(`${lines.join("\n")}\n`);
  process.exitCode = regressed ? 1 : 0;
}
