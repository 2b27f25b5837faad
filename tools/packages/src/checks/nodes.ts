import { join } from "node:path";
import { outputOf, runs } from "../command.js";
import type { Finding } from "../finding.js";
import type { Project } from "../project.js";

/** The oldest Node we promise, and the newest of each line that is maintained. */
const VERSIONS = ["20.19.0", "22.23.3", "24.9.0"];

/** The same programs on every Node: ESM, CommonJS, and a pool of threads. The registry has Node's own builds. */
export function checkNodes(pool: Project, directory: string): readonly Finding[] {
  const wanted = VERSIONS.map((version) => `node-${version}@npm:node-${process.platform}-${process.arch}@${version}`);
  outputOf(
    "npm",
    ["install", "--no-save", "--no-audit", "--no-fund", "--prefer-offline", "--prefix", directory, ...wanted],
    pool.directory,
  );
  return VERSIONS.flatMap((version) => {
    const node = join(directory, `node_modules/node-${version}/bin/node`);
    return [
      runs(`Node ${version}: import, pool of threads`, () => pool.run("first-ids.mjs", node)),
      runs(`Node ${version}: require`, () => pool.run("first-ids.cjs", node)),
    ];
  });
}
