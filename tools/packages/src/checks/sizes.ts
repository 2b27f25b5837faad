import { join } from "node:path";
import { bounded, type Finding, reported } from "../finding.js";
import { bytesIn, type Project, packagesIn } from "../project.js";

/** What `lmdb` brings along. */
const LMDB_TREE =
  /node_modules\/(lmdb|msgpackr|msgpackr-extract|ordered-binary|weak-lru-cache|node-addon-api|detect-libc|node-gyp-build-optional-packages|@harperfast\/.*|@msgpackr-extract\/.*)$/;
const LMDB_BINARY = /node_modules\/@lmdb\//;
/** What the binaries are compiled from, where there is none for the platform. */
const LMDB_SOURCES = ["dependencies", "src"];

export function checkSizes(core: Project, pool: Project): readonly Finding[] {
  const tree = packagesIn(pool);
  const rest = tree.filter((path) => !LMDB_BINARY.test(path));
  const sources = LMDB_SOURCES.map((folder) => join(pool.directory, "node_modules/lmdb", folder));
  const own = rest.filter((path) => !LMDB_TREE.test(path));
  return [
    bounded("packages core brings", { figure: packagesIn(core).length - 1, bound: 0, unit: "packages" }),
    bounded("packages in pool's production tree", { figure: tree.length, bound: 25, unit: "packages" }),
    bounded("core installed", {
      figure: kilobytesOf([join(core.directory, "node_modules/@shardflake/core")]),
      bound: 150,
      unit: "kB",
    }),
    bounded("pool installed, without lmdb and what it brings", { figure: kilobytesOf(own), bound: 6000, unit: "kB" }),
    bounded("pool installed, without lmdb's binaries and their sources", {
      figure: kilobytesOf(rest) - kilobytesOf(sources),
      bound: 6000,
      unit: "kB",
    }),
    reported(
      "pool installed, without lmdb's binaries alone",
      `${kilobytesOf(rest)} kB, of which lmdb's tree ${kilobytesOf(rest) - kilobytesOf(own)} kB`,
    ),
    reported("pool installed", `${kilobytesOf(tree)} kB`),
  ];
}

/** The tree is flat unless versions differ, and then a nested package is counted with the one around it, not twice. */
function kilobytesOf(paths: readonly string[]): number {
  const outermost = paths.filter((path) => path.indexOf("node_modules") === path.lastIndexOf("node_modules"));
  return Math.ceil(outermost.reduce((sum, path) => sum + bytesIn(path), 0) / 1000);
}
