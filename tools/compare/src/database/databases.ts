import { cpSync } from "node:fs";
import { join } from "node:path";
import { type Cell, measured, unmeasured } from "../cell.js";
import type { Child } from "../process/child.js";
import type { Stage } from "../process/stage.js";
import type { DatabasePlace } from "./database-role.js";
import { dropSchema } from "./postgres-engine.js";
import type { Query, Rows } from "./query.js";

/** Where masters, tickets and tables live. */
export type DatabaseChoice =
  /** PostgreSQL in WebAssembly, one in each database's own process. */
  | { readonly kind: "embedded" }
  /** Servers that are there, used in turn, each database in a schema of its own. */
  | { readonly kind: "postgres"; readonly urls: readonly string[] };

/** A database in a process of its own. */
export interface Database {
  readonly child: Child;
  /** Where its process listens. */
  readonly url: string;
  query(query: Query): Promise<Rows>;
  /** SIGKILL to its process. */
  kill(): Promise<void>;
  /** A process over the same data. */
  restart(): Promise<Database>;
}

/** Makes databases that start empty. */
export interface Databases {
  /** Whether the process of a database has a clock of its own that can be set. */
  readonly clock: Cell<"own clock">;
  create(): Promise<Database>;
  /** The same, whose processes belong to a scene. */
  on(scene: Stage): Databases;
  /** Takes away whatever was made on servers. */
  close(): Promise<void>;
}

const MODULE: string = new URL("./database-role.js", import.meta.url).href;

/** @throws as {@link Stage.start} */
export async function openDatabases(stage: Stage, choice: DatabaseChoice): Promise<Databases> {
  return choice.kind === "embedded" ? await embeddedDatabases(stage) : postgresDatabases(stage, choice.urls);
}

async function startDatabase(stage: Stage, place: DatabasePlace): Promise<Database> {
  const child = await stage.start({ module: MODULE, export: "openDatabaseRole", options: place });
  return {
    child,
    url: child.answer as string,
    query: async (query) => (await child.ask(query)) as Rows,
    kill: () => child.kill(),
    restart: () => startDatabase(stage, place),
  };
}

/** Setting up PostgreSQL's catalogue takes seconds, so it is done once and copied. */
async function embeddedDatabases(stage: Stage): Promise<Databases> {
  const template = join(stage.directory, "template");
  const first = await startDatabase(stage, { kind: "pglite", directory: template });
  await first.child.close();
  let made = 0;
  const on = (scene: Stage): Databases => ({
    clock: measured("own clock"),
    create() {
      const directory = join(scene.directory, `database-${++made}`);
      cpSync(template, directory, { recursive: true });
      return startDatabase(scene, { kind: "pglite", directory });
    },
    on,
    close: async () => {},
  });
  return on(stage);
}

function postgresDatabases(stage: Stage, urls: readonly string[]): Databases {
  const prefix = `shardflake_compare_${process.pid}_${Date.now().toString(36)}`;
  const places: { readonly url: string; readonly schema: string }[] = [];
  const on = (scene: Stage): Databases => ({
    clock: unmeasured("the clock of a database server is not ours to set"),
    create() {
      const place = { url: urls[places.length % urls.length]!, schema: `${prefix}_${places.length + 1}` };
      places.push(place);
      return startDatabase(scene, { kind: "postgres", ...place });
    },
    on,
    async close() {
      await Promise.all(places.map(({ url, schema }) => dropSchema(url, schema)));
    },
  });
  return on(stage);
}
