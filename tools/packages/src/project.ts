import { cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outputOf } from "./command.js";
import { REPOSITORY } from "./tarballs.js";

const CONSUMER = join(REPOSITORY, "tools/packages/consumer");

/** An empty project in which somebody installs our packages. */
export interface Project {
  readonly directory: string;
  /** Runs a file of the project under a Node. */
  run(file: string, node?: string): string;
}

export function createProject(directory: string, packages: readonly string[]): Project {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "package.json"), '{ "private": true }\n');
  cpSync(CONSUMER, directory, { recursive: true });
  outputOf("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...packages], directory);
  return { directory, run: (file, node = process.execPath) => outputOf(node, [file], directory) };
}

/** The packages beside the project's own that its production tree holds. */
export function packagesIn({ directory }: Project): readonly string[] {
  const lines = outputOf("npm", ["ls", "--all", "--omit=dev", "--parseable"], directory).trim().split("\n");
  return lines.slice(1);
}

/** Bytes of all files below a directory. */
export function bytesIn(directory: string): number {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
