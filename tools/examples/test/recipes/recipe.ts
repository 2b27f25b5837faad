import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { defineLayout } from "@shardflake/core";
import { embeddedStore, startLocalKeeper } from "@shardflake/pool";
import { afterAll, expect } from "vitest";

export const ROOT: string = fileURLToPath(new URL("../../../../", import.meta.url));
/** The pages; a copy of them where it is the tests that are tested. */
export const RECIPES: string = process.env.SHARDFLAKE_RECIPES ?? join(ROOT, "docs", "recipes");

/** A code block of a page: its language, the name of its file if it has one, its text without the page's indentation. */
export interface Block {
  readonly language: string;
  readonly file: string | undefined;
  readonly text: string;
}

/** The files of a recipe as its page shows them, in a directory of their own, with a state directory of their own. */
export interface Recipe {
  /** Text of one file. */
  read(file: string): string;
  /** Imports a file as a module. */
  load<Module>(file: string): Promise<Module>;
  /** Runs a file to its end, and returns what it printed. */
  run(file: string, env?: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<string>;
  /** How many machine IDs its processes hold, or have not given back. */
  held(): Promise<number>;
  /** Starts a file that goes on until it is stopped, and returns the first lines that it printed. */
  start(file: string, lines: number, env?: NodeJS.ProcessEnv): Promise<Running>;
}

export interface Running {
  readonly lines: readonly string[];
  signal(signal: NodeJS.Signals): void;
  /** Sends SIGTERM and returns the exit code. */
  stop(): Promise<number | null>;
}

export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(RECIPES, `${page}.md`), "utf8");
  return [...text.matchAll(/^( *)```(\w+)(?: (\S+))?\n(.*?)^\1```$/gms)].map(([, indent, language, file, body]) => ({
    language: language!,
    file,
    text: body!.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

/** What a reader of the page would have after saving every block under its name. */
export function openRecipe(page: string): Recipe {
  const directory = mkdtempSync(join(tmpdir(), `shardflake-recipe-${page}-`));
  const children = new Set<ChildProcess>();
  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(directory, { recursive: true, force: true });
  });
  symlinkSync(join(ROOT, "node_modules"), join(directory, "node_modules"));
  const files = new Map(blocksOf(page).flatMap(({ file, text }) => (file === undefined ? [] : [[file, text]])));
  for (const [file, text] of files) writeFileSync(join(directory, file), text);
  const spawned = (command: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess =>
    spawn(command, args, {
      cwd: directory,
      env: {
        ...process.env,
        PATH: `${join(ROOT, "node_modules", ".bin")}:${process.env.PATH}`,
        SHARDFLAKE_STATE_DIR: join(directory, "state"),
        // Whoever runs the tests may have asked for colours; the pages show none.
        FORCE_COLOR: "0",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
  const begin = (file: string, env: NodeJS.ProcessEnv, args: readonly string[] = []): ChildProcess => {
    const isShell = file.endsWith(".sh");
    const child = spawned(isShell ? "sh" : process.execPath, [...(isShell ? ["-e"] : []), file, ...args], env);
    children.add(child);
    return child;
  };

  return {
    read(file) {
      const text = files.get(file);
      if (text === undefined) throw new Error(`docs/recipes/${page}.md has no block named ${file}`);
      return text;
    },
    load: (file) => import(pathToFileURL(join(directory, file)).href),
    async run(file, env = {}, ...args) {
      const child = begin(file, env, args);
      const said = listenTo(child);
      const [code] = await once(child, "close");
      expect(code, said()).toBe(0);
      return said();
    },
    async held() {
      const store = embeddedStore(join(directory, "state"));
      const keeper = await startLocalKeeper({ store, layout: defineLayout() });
      const registers = await keeper.inspect();
      await keeper.close();
      return registers.filter(({ register }) => register.holder !== null).length;
    },
    async start(file, lines, env = {}) {
      const child = begin(file, env);
      const said = listenTo(child);
      const closed = once(child, "close");
      while (said().split("\n").length <= lines) {
        const isOver = await Promise.race([once(child.stdout!, "data").then(() => false), closed.then(() => true)]);
        if (isOver) throw new Error(`${file} of ${page}.md ended: ${said()}`);
      }
      return {
        lines: said().split("\n").slice(0, lines),
        signal: (signal) => void child.kill(signal),
        stop: async (): Promise<number | null> => {
          child.kill("SIGTERM");
          const [code] = await closed;
          return code as number | null;
        },
      };
    },
  };
}

function listenTo(child: ChildProcess): () => string {
  let said = "";
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  return () => said;
}
