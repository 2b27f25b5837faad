import { type Clock, type Layout, ShardflakeError } from "@shardflake/core";
import type { RegisterWrite, StoredRegister } from "../register/register.js";
import { ClaimObserver } from "./claims.js";
import { type Database, openDatabase } from "./embedded-database.js";
import { embeddedError } from "./embedded-error.js";
import { EmbeddedNamespace } from "./embedded-namespace.js";
import type { EmbeddedOptions } from "./embedded-spec.js";
import { guardedTime } from "./guarded-time.js";
import { checkNamespace } from "./namespace.js";
import { isGone, type Owner, ownerOf, type ProcessTable, processTable } from "./owner.js";
import { markStateDirectory, prepareStateDirectory, type StateFiles, stateFiles } from "./state-directory.js";
import type { RegisterStore } from "./store.js";

/** The factory that `embeddedStore` names. */
export function createEmbeddedStore(options: unknown, clock: Clock): RegisterStore {
  return new EmbeddedStore(options as EmbeddedOptions, clock, processTable());
}

/** The store in a directory; the process table is injected so that tests can play several processes. */
export class EmbeddedStore implements RegisterStore {
  readonly name: string;
  private readonly files: StateFiles;
  private readonly clock: Clock;
  private readonly time: () => number;
  private readonly processes: ProcessTable;
  private readonly owner: Owner;
  private readonly claims = new ClaimObserver();
  private opened: { readonly database: Database; readonly namespace: EmbeddedNamespace } | null = null;

  constructor(options: EmbeddedOptions, clock: Clock, processes: ProcessTable) {
    this.files = stateFiles(options.directory);
    this.name = `embedded:${options.directory}`;
    this.clock = clock;
    this.time = guardedTime(clock, options.maxLeadMs);
    this.processes = processes;
    this.owner = ownerOf(processes);
  }

  async open(namespace: string, layout: Layout): Promise<void> {
    checkNamespace(namespace);
    const database = this.guarded(() => {
      prepareStateDirectory(this.files);
      return openDatabase(this.files);
    });
    try {
      const opened = new EmbeddedNamespace(database, this.name, namespace, layout);
      this.guarded(() => {
        opened.claim();
        markStateDirectory(this.files);
      });
      this.opened = { database, namespace: opened };
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  async read(): Promise<StoredRegister[]> {
    const entries = this.guarded(() => this.namespace().entries());
    const monotonicMs = this.clock.monotonic();
    return entries.map(({ datacenterId, machineId, envelope }) => {
      const { register, version, owner } = envelope;
      const stands = this.claims.stands({ datacenterId, machineId }, version, register, monotonicMs);
      return { datacenterId, machineId, register, version, claimed: stands && !isGone(owner, this.processes) };
    });
  }

  async write(writes: readonly RegisterWrite[]): Promise<"done" | "conflict"> {
    return this.guarded(() => this.namespace().replace(writes, this.owner));
  }

  async now(): Promise<number> {
    return this.time();
  }

  async close(): Promise<void> {
    const opened = this.opened;
    this.opened = null;
    await opened?.database.close();
  }

  private namespace(): EmbeddedNamespace {
    if (this.opened !== null) return this.opened.namespace;
    throw new ShardflakeError("STORE_CLOSED", `Expected ${this.name} to be open, but it is not. Open it first.`);
  }

  private guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw embeddedError(error, this.files);
    }
  }
}
