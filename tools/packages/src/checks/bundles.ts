import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { build as buildWithVite } from "vite";
import { runs } from "../command.js";
import { bounded, type Finding } from "../finding.js";
import type { Project } from "../project.js";

const NATIVE_OR_OTHERS = ["lmdb", "piscina", "comlink", "pg"];

/** One export alone, and pools that find their threads' files from a bundle. */
export async function checkBundles({ directory, run }: Project): Promise<readonly Finding[]> {
  const inProject = (path: string): string => join(directory, path);
  const common = { absWorkingDir: directory, bundle: true, format: "esm", logLevel: "error" } as const;
  const onNode = { ...common, platform: "node", outExtension: { ".js": ".mjs" } } as const;

  await build({ ...common, entryPoints: ["only-decompose.mjs"], minify: true, outfile: inProject("out/decompose.js") });

  await build({ ...onNode, entryPoints: ["first-ids.mjs"], outdir: inProject("out/external"), packages: "external" });

  const dist = "./node_modules/@shardflake/pool/dist";
  await build({
    ...onNode,
    entryPoints: {
      "first-ids": "first-ids.mjs",
      "shard-thread": `${dist}/shard/shard-thread.js`,
      "keeper-thread": `${dist}/keeper/keeper-thread.js`,
      embedded: `${dist}/store/embedded.js`,
    },
    outdir: inProject("out/whole"),
    splitting: true,
    external: NATIVE_OR_OTHERS,
  });

  await buildWithVite({
    root: directory,
    configFile: false,
    logLevel: "error",
    build: { ssr: "first-ids.mjs", outDir: "out/vite", emptyOutDir: false },
  });

  return [
    bounded("bundle of decompose alone, minified", {
      figure: statSync(inProject("out/decompose.js")).size,
      bound: 2000,
      unit: "bytes",
    }),
    runs("pool from an esbuild bundle, packages external", () => run("out/external/first-ids.mjs")),
    runs("pool within an esbuild bundle", () => run("out/whole/first-ids.mjs")),
    runs("pool from a Vite SSR bundle", () => run("out/vite/first-ids.mjs")),
  ];
}

/** core as one script, for engines that have no modules. */
export async function coreScript({ directory }: Project): Promise<string> {
  const outfile = join(directory, "out/core.js");
  await build({
    absWorkingDir: directory,
    bundle: true,
    format: "iife",
    target: "es2023",
    logLevel: "error",
    entryPoints: ["first-id-of-core.mjs"],
    globalName: "firstId",
    outfile,
  });
  return readFileSync(outfile, "utf8");
}
