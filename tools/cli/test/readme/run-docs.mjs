/**
 * Runs the commands of every docs/*.md that has console blocks, in order, in an empty directory. A console block is a command (after `$ `) and what it
 * prints, which must still be so (stderr first); the command of an sh block must succeed; a js or json block with a name is that file.
 * With --update, what commands print is written into the documents instead.
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
  const text = readFileSync(file, "utf8");
  if (!text.includes("```console\n")) continue;
  const directory = mkdtempSync(join(tmpdir(), "shardflake-docs-"));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  const renewed = text.replace(/^```(\S+)(?: (\S+))?\n(.*?)^```$/gms, (block, language, fileName, content) => {
    if (fileName !== undefined) writeFileSync(join(directory, fileName), content);
    const command = /^\$ (.*)$/m.exec(content)?.[1];
    return command === undefined ? block : tried(block, { language, command, directory, name });
  });
  if (isUpdate && renewed !== text) writeFileSync(file, renewed);
  rmSync(directory, { recursive: true, force: true });
}
process.exitCode = failed === 0 || isUpdate ? 0 : 1;

function tried(block, { language, command, directory, name }) {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", command], {
    cwd: directory,
    env: {
      ...process.env,
      PATH: `${join(root, "node_modules", ".bin")}:${process.env.PATH}`,
      SHARDFLAKE_STATE_DIR: join(directory, "state"),
    },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 180_000,
  });
  const now = language === "console" ? `\`\`\`console\n$ ${command}\n${stderr}${stdout}\`\`\`` : block;
  // How far a search comes depends on the machine; that it finds nothing does not.
  const isLooselySame = language === "sh" || (command.includes("--search") && !isUpdate);
  const isSame = isLooselySame ? status === 0 : now === block;
  process.stdout.write(`${isSame ? "ok  " : "DIFF"} ${name}: ${command}\n`);
  if (isSame) return block;
  failed++;
  if (!isUpdate) process.stdout.write(`${stderr}${now}\n`);
  return now;
}
