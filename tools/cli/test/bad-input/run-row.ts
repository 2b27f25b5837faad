import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
import { ExitCode, errorLine, exitCodeOf } from "../../src/exit.js";
import { createProgram } from "../../src/program.js";
import { type CommandResult, finished, MAIN } from "../run-command.js";
import type { Row } from "./command-lines.js";

/** Longer than any refusal takes; what hangs is killed, and fails by its exit code. */
const HANGS_MS = 15_000;

/** Runs a command as its users do. */
export async function runInProcess(row: Row, directory: string): Promise<CommandResult> {
  const stdout = row.stdout === undefined ? "pipe" : openSync(row.stdout, "w");
  const child = spawn(process.execPath, [MAIN, ...argumentsOf(row, directory)], {
    env: { ...process.env, SHARDFLAKE_STORE: "", SHARDFLAKE_STATE_DIR: join(directory, "state") },
    stdio: ["pipe", stdout, "pipe"],
    timeout: HANGS_MS,
    killSignal: "SIGKILL",
  });
  if (typeof stdout === "number") closeSync(stdout);
  child.stdin?.on("error", () => {});
  child.stdin?.end(row.stdin ?? "");
  return await finished(child);
}

/**
 * Runs a command in this process, as main.ts does: a hundred times faster, and enough for one more input that is refused
 * with an error which another row has seen a whole process end with.
 */
export async function runHere(row: Row, directory: string): Promise<CommandResult> {
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += text.toString();
      return true;
    }),
  );
  vi.stubEnv("SHARDFLAKE_STORE", "");
  vi.stubEnv("SHARDFLAKE_STATE_DIR", join(directory, "state"));
  let code: ExitCode = ExitCode.ok;
  try {
    const program = createProgram({
      signal: AbortSignal.timeout(HANGS_MS),
      endWell: () => {},
      setExitCode: (given) => {
        code = given;
      },
    });
    await program.parseAsync(argumentsOf(row, directory), { from: "user" });
  } catch (error) {
    code = exitCodeOf(error);
    written.stderr += errorLine(error) ?? "";
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
  return { ...written, code };
}

/** A generate that names no files of its own gets some in which there is something already. */
function argumentsOf({ args, stdout }: Row, directory: string): string[] {
  const given = args.map((arg) => arg.replace("{dir}", directory));
  if (args[0] !== "generate" || stdout !== undefined || args.includes("--out") || args.includes("--stats"))
    return given;
  return ["generate", "--out", join(directory, "kept"), "--stats", join(directory, "kept-stats"), ...given.slice(1)];
}
