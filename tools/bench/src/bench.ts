/** `npm run bench` runs every suite, `npm run bench -- NAME …` those named. Measures the built packages. */
import { arch, cpus, platform, release } from "node:os";
import type { Suite } from "./suite.js";
import { ceiling } from "./suites/ceiling.js";
import { checks } from "./suites/checks.js";
import { fill } from "./suites/fill.js";
import { memory } from "./suites/memory.js";
import { next } from "./suites/next.js";
import { serve } from "./suites/serve.js";
import { fleet, simulator } from "./suites/simulator.js";
import { skew } from "./suites/skew.js";

const SUITES: Readonly<Record<string, Suite>> = { fill, next, ceiling, memory, checks, serve, simulator, fleet, skew };

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(SUITES);
const unknown = names.find((name) => !Object.hasOwn(SUITES, name));
if (unknown !== undefined) {
  process.stderr.write(`bench: expected one of ${Object.keys(SUITES).join(", ")}, got "${unknown}"\n`);
  process.exit(2);
}
process.stdout.write(
  `Node ${process.version}, ${platform()} ${release()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model}\n`,
);
let missed = 0;
for (const name of names) {
  process.stdout.write(`\n${name}\n`);
  for (const { what, figure, bound, holds } of await SUITES[name]!()) {
    process.stdout.write(`  ${holds ? "ok    " : "MISSED"}  ${what.padEnd(46)} ${figure.padEnd(44)} bound: ${bound}\n`);
    if (!holds) missed++;
  }
}
process.exitCode = missed === 0 ? 0 : 1;
