import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runs } from "../command.js";
import { bounded, type Finding } from "../finding.js";
import { createProject } from "../project.js";
import { REPOSITORY, type Tarballs } from "../tarballs.js";

/** A stranger with Node, an empty folder and the README: installs, copies the first example, runs it. */
export function checkReadme(directory: string, tarballs: Tarballs): readonly Finding[] {
  const example = /^```js\n(.*?createPool.*?)^```$/ms.exec(readFileSync(join(REPOSITORY, "README.md"), "utf8"))?.[1];
  if (example === undefined) throw new Error("Expected the README to have a JavaScript example of a pool, got none.");
  const untilFirstId = /^.*?pool\.(?:next|generate)\([^\n]*\n/s.exec(example)?.[0] ?? example;
  const start = performance.now();
  const project = createProject(directory, [tarballs.core, tarballs.pool]);
  writeFileSync(join(directory, "example.mjs"), example);
  const run = runs(
    "README: its example, from the packages",
    () => `${project.run("example.mjs").trim().split("\n")[0]} …`,
  );
  const seconds = Math.ceil((performance.now() - start) / 1000);
  return [
    run,
    bounded("README: empty folder to first ID", { figure: seconds, bound: 300, unit: "s" }),
    bounded("README: lines until the first ID", {
      figure: untilFirstId.split("\n").filter((line) => line.trim() !== "").length,
      bound: 10,
      unit: "lines",
    }),
  ];
}
