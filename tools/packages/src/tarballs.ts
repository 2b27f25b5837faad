import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { outputOf } from "./command.js";

export const REPOSITORY: string = fileURLToPath(new URL("../../../", import.meta.url));

const FOLDERS = {
  core: "packages/core",
  opaque: "packages/opaque",
  pool: "packages/pool",
  simulator: "packages/simulator",
  planner: "tools/planner",
  server: "tools/server",
  cli: "tools/cli",
} as const;

type Packed = keyof typeof FOLDERS;

/** The tarball of each package, as `npm publish` would upload it. */
export type Tarballs = Readonly<Record<Packed, string>>;

export function packAll(directory: string): Tarballs {
  const entries = Object.entries(FOLDERS).map(([name, folder]) => {
    outputOf("npm", ["pack", "--pack-destination", directory], join(REPOSITORY, folder));
    const { name: fullName, version } = JSON.parse(readFileSync(join(REPOSITORY, folder, "package.json"), "utf8"));
    return [name, join(directory, `${fullName.replace("@", "").replace("/", "-")}-${version}.tgz`)];
  });
  return Object.fromEntries(entries);
}
