import { readFileSync } from "node:fs";
import { arch, cpus, platform, release, totalmem } from "node:os";

/** Where something was measured, in one line. */
export function describeMachine(): string {
  const [first] = cpus();
  return (
    `${cpus().length} × ${first?.model.trim() ?? "unknown processor"}, ${(totalmem() / 1e9).toFixed(0)} GB, ` +
    `${platform()} ${release()} ${arch()}, Node ${process.versions.node}, V8 ${process.versions.v8}`
  );
}

/** The versions of the packages that are measured against, as this package pins them. */
export function peerVersions(): Readonly<Record<string, string>> {
  const file = new URL("../../package.json", import.meta.url);
  const { devDependencies } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  return Object.fromEntries(Object.entries(devDependencies).filter(([name]) => !name.startsWith("@types/")));
}
