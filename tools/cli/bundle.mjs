import { build } from "rolldown";

const POOL = "../../packages/pool/dist";

/** Packages that are loaded when they are needed, or find files beside themselves; and the actions of other commands. */
const EXTERNAL = /^(lmdb|piscina|comlink|undici|pg)$|\/cli\/dist\/actions\/(?!generate[./])/;

/**
 * What `shardflake generate` loads, in a few files instead of 170: that halves the time until its first ID. Threads and
 * stores are found beside the module that names them, so they are entries, and exports keep their names.
 */
await build({
  input: {
    main: "dist/main.js",
    "keeper-thread": `${POOL}/keeper/keeper-thread.js`,
    "shard-thread": `${POOL}/shard/shard-thread.js`,
    embedded: `${POOL}/store/embedded.js`,
    etcd: `${POOL}/store/etcd/etcd.js`,
    memory: `${POOL}/store/memory.js`,
    postgres: `${POOL}/store/postgres/postgres.js`,
  },
  platform: "node",
  logLevel: "warn",
  preserveEntrySignatures: "allow-extension",
  external: EXTERNAL,
  output: {
    dir: "bundle",
    cleanDir: true,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    minifyInternalExports: false,
  },
});
