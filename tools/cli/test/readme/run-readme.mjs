/**
 * Runs every command and every JavaScript example of the README as written, in an empty directory with a state of its
 * own. Ends with 1 at the first one that fails. The two install commands are left to whoever calls this: they were run.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const directory = mkdtempSync(join(tmpdir(), "shardflake-readme-"));
symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));

const blocks = [...readme.matchAll(/^```(sh|js)\n(.*?)^```$/gms)];
const commands = blocks
  .filter(([, language]) => language === "sh")
  .flatMap(([, , text]) => text.split("\n"))
  .filter((line) => line.startsWith("$ ") && !line.includes("npm ci"))
  .map((line) => ({ name: line, line: line.slice(2) }));
const programs = blocks
  .filter(([, language]) => language === "js")
  .map(([, , text], i) => {
    writeFileSync(join(directory, `example-${i}.mjs`), text);
    return { name: `JavaScript example ${i + 1}`, line: `node example-${i}.mjs` };
  });

let failed = 0;
for (const { name, line } of [...commands, ...programs]) {
  const { status, stderr } = spawnSync("bash", ["-c", `set -o pipefail; ${line}`], {
    cwd: directory,
    env: { ...process.env, SHARDFLAKE_STATE_DIR: join(directory, "state") },
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
    timeout: 120_000,
  });
  process.stdout.write(`${status === 0 ? "ok  " : "FAIL"} ${name}\n`);
  if (status === 0) continue;
  process.stdout.write(stderr);
  failed++;
}
rmSync(directory, { recursive: true, force: true });
process.stdout.write(`${commands.length + programs.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
