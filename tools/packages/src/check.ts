/** Packs what is published, installs it into empty projects, and prints what holds there. Ends with 1 where something does not. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkBundles } from "./checks/bundles.js";
import { checkEngines } from "./checks/engines.js";
import { checkExamples } from "./checks/examples.js";
import { checkNodes } from "./checks/nodes.js";
import { checkReadme } from "./checks/readme.js";
import { checkSizes } from "./checks/sizes.js";
import { checkTypes } from "./checks/types.js";
import { outputOf, runs } from "./command.js";
import { type Finding, lineOf } from "./finding.js";
import { createProject } from "./project.js";
import { packAll } from "./tarballs.js";

const directory = join(mkdtempSync(join(tmpdir(), "shardflake-packages-")), "Пустой проект für alle");
mkdirSync(directory);
let broken = 0;

function tell(findings: readonly Finding[]): void {
  for (const finding of findings) {
    process.stdout.write(`${lineOf(finding)}\n`);
    if (finding.verdict === "broken") broken++;
  }
}

const tarballs = packAll(directory);
tell(checkReadme(join(directory, "readme"), tarballs));

const core = createProject(join(directory, "core"), [tarballs.core]);
const pool = createProject(join(directory, "pool"), [tarballs.core, tarballs.pool]);
tell(checkSizes(core, pool));

const { opaque, simulator, planner, server, cli } = tarballs;
outputOf(
  "npm",
  [
    "install",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    "@types/node@20.19.43",
    opaque,
    simulator,
    planner,
    server,
    cli,
  ],
  pool.directory,
);
tell(checkTypes(core, pool));
tell(checkExamples(pool));
tell([
  runs("import of opaque and simulator", () => pool.run("others.mjs")),
  runs("the command", () =>
    outputOf(join(pool.directory, "node_modules/.bin/shardflake"), ["generate"], pool.directory),
  ),
]);
tell(await checkBundles(pool));
tell(await checkEngines(pool));
tell(checkNodes(pool, join(directory, "nodes")));

rmSync(join(directory, ".."), { recursive: true, force: true });
process.exitCode = broken === 0 ? 0 : 1;
