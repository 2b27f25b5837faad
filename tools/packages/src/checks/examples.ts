import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outputOf, runs } from "../command.js";
import type { Finding } from "../finding.js";
import type { Project } from "../project.js";
import { TSC, TYPES_OF_NODE } from "./types.js";

interface Example {
  readonly name: string;
  readonly text: string;
}

/** The examples of doc comments, as an editor shows them: compiled, run, and what they print held to what they say it is. */
export function checkExamples(project: Project): readonly Finding[] {
  const examples = ["core", "opaque", "pool"].flatMap((name) => examplesIn(project, name));
  if (examples.length === 0) throw new Error("Expected the published types to have examples, got none.");
  return examples.map(({ name, text }, i) =>
    runs(`example of ${name}`, () => {
      writeFileSync(join(project.directory, `example-${i}.mts`), text);
      writeFileSync(join(project.directory, `example-${i}.mjs`), text);
      outputOf(TSC, [...TYPES_OF_NODE, "--module", "nodenext", `example-${i}.mts`], project.directory);
      const promised = [...text.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment]) => comment).join("\n");
      const printed = project.run(`example-${i}.mjs`).trim();
      if (promised === printed) return printed;
      throw new Error(`Expected the example of ${name} to print ${promised}, got ${printed}.`);
    }),
  );
}

function examplesIn({ directory }: Project, name: string): readonly Example[] {
  const dist = join(directory, "node_modules/@shardflake", name, "dist");
  return readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".d.ts"))
    .flatMap((file) => {
      const types = readFileSync(join(dist, file), "utf8");
      return [...types.matchAll(/@example\n \* ```ts\n(.*?) \* ```\n.*?\*\/\nexport declare function (\w+)/gs)].map(
        ([, lines, of]) => ({ name: of ?? "", text: (lines ?? "").replaceAll(/^ \* ?/gm, "") }),
      );
    });
}
