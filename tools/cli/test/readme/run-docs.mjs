/**
 * Runs the commands of docs/*.md (lines that begin with `$ ` in console blocks) in an empty directory, and compares what
 * they print with the lines below them. With --update it writes what they print into the documents.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const isUpdate = process.argv.includes("--update");
let failed = 0;

for (const name of readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md"))) {
  const file = join(root, "docs", name);
  const directory = mkdtempSync(join(tmpdir(), "shardflake-docs-"));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  const text = readFileSync(file, "utf8");
  const shown = text.replace(/^```console\n(.*?)^```$/gms, (block, lines) => {
    const command = /^\$ (.*)$/m.exec(lines)[1];
    const { status, stdout, stderr } = spawnSync("bash", ["-c", command], {
      cwd: directory,
      env: { ...process.env, SHARDFLAKE_STATE_DIR: join(directory, "state") },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 180_000,
    });
    const now = `\`\`\`console\n$ ${command}\n${stdout}\`\`\``;
    // Figures of a search depend on the machine; that it passes does not.
    const isSame = command.includes("--search") ? status === 0 : now === block;
    process.stdout.write(`${isSame ? "ok  " : "DIFF"} ${name}: ${command}\n`);
    if (isSame) return block;
    failed++;
    if (!isUpdate) process.stdout.write(`${stderr}${now}\n`);
    return now;
  });
  if (isUpdate && shown !== text) writeFileSync(file, shown);
  rmSync(directory, { recursive: true, force: true });
}
process.exitCode = failed === 0 || isUpdate ? 0 : 1;
