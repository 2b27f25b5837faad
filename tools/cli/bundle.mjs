import { build } from "rolldown";

const POOL = "../../packages/pool/dist";

/** Packages that are loaded when they are needed, or find files beside themselves; and the actions that stay modules. */
const EXTERNAL = /^(lmdb|piscina|comlink|pg)$|\/cli\/dist\/actions\/((simulate|compare|serve)[./]|plan(\.|\/validate))/;

/**
 * What several commands need lies in few files: each file takes half a millisecond of every start. Nothing that a shard's
 * thread does without: 32 of them would load it, too.
 */
const GROUPS = [
  { name: "core", minShareCount: 2, test: /\/core\/dist\/(?!errors\.js)/ },
  { name: "values", minShareCount: 2, test: /\/cli\/dist\/(actions|values)\// },
];

/**
 * What the quick commands load, in a few files instead of up to 170: that halves the time until the first ID. Threads
 * and stores are found beside the module that names them, so they are entries, and exports keep their names.
 * `bin/shardflake.js` knows which commands stay modules, because what they work with finds many files beside itself.
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
    codeSplitting: { groups: GROUPS, includeDependenciesRecursively: false },
  },
});
