import { join } from "node:path";
import { outputOf, runs } from "../command.js";
import type { Finding } from "../finding.js";
import type { Project } from "../project.js";
import { REPOSITORY } from "../tarballs.js";

export const TSC: string = join(REPOSITORY, "node_modules/.bin/tsc");
const STRICT = [
  "--noEmit",
  "--strict",
  "--exactOptionalPropertyTypes",
  "--noUncheckedIndexedAccess",
  "--target",
  "es2023",
];
/** pool's types need Node's; other people's packages are not ours to check. */
export const TYPES_OF_NODE: readonly string[] = [
  ...STRICT,
  ...["--lib", "es2023,esnext.disposable", "--types", "node", "--skipLibCheck"],
];
const RESOLUTIONS = [
  ["nodenext", ["--module", "nodenext"]],
  ["bundler", ["--module", "esnext", "--moduleResolution", "bundler"]],
] as const;

/** core's types need neither Node's nor the browser's. */
export function checkTypes(core: Project, pool: Project): readonly Finding[] {
  return RESOLUTIONS.flatMap(([name, options]) => [
    runs(`types of core, ${name}, without skipLibCheck`, () =>
      checked(core, [...STRICT, "--lib", "es2023", "--types", "", ...options, "uses-core.ts"]),
    ),
    runs(`types of pool, opaque and simulator, ${name}`, () =>
      checked(pool, [...TYPES_OF_NODE, ...options, "uses-pool.ts"]),
    ),
  ]);
}

function checked({ directory }: Project, args: readonly string[]): string {
  outputOf(TSC, args, directory);
  return "checked";
}
