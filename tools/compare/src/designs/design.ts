import type { Layout } from "@shardflake/core";
import type { Cell } from "../cell.js";
import type { Databases } from "../database/databases.js";
import type { Agent } from "../load/agent-process.js";
import type { Stage } from "../process/stage.js";

/** The designs, and the variants of them that are worth a column. */
export type DesignName =
  | "multi-master"
  | "uuid-v4"
  | "uuid-v7"
  | "ticket"
  | "ticket-segments"
  | "ticket-pair"
  | "snowflake"
  | "snowflake-leases";

/** What every design is started with. */
export interface DesignSetting {
  readonly stage: Stage;
  /** Servers of a design that has any number of them. */
  readonly servers: number;
  /** Of Snowflake IDs. */
  readonly layout: Layout;
  readonly databases: Databases;
}

/** One of the classic answers to "who makes the next ID", as processes that can be started, killed, added and removed. */
export interface Design {
  readonly name: DesignName;
  /** For people. */
  readonly title: string;
  /** Variants that issue the same kind of ID name the one whose IDs stand for theirs in a database index. */
  readonly indexedAs: DesignName;
  start(setting: DesignSetting): Promise<Running>;
}

/** A design whose processes run. What its operations do is done for real. */
export interface Running {
  /** The processes in which IDs are used now; where IDs are made where they are used, each is a server, too. */
  agents(): readonly Agent[];
  /** The numbers of the servers there are now. */
  servers(): readonly number[];
  /** How numbers are dealt out, so that those that nobody received can be counted. */
  readonly gaps: Gaps;
  /** SIGKILL to what makes up one server. */
  kill(): Promise<Killed>;
  /** Adds a server while clients go on. */
  readonly add: Change;
  /** Takes a server out while clients go on. */
  readonly remove: Change;
  /** Sets the clocks of everything that makes up the design off from the host's, and returns what they then are off. */
  setClock(offsetMs: number): Promise<Cell<readonly number[]>>;
}

export interface Killed {
  /** Starts it again, as a supervisor does, under a new number, and returns the processes of clients that are new. */
  restart(): Promise<readonly Agent[]>;
}

/** An operation on a running design, the way it should be done and, where there is one, the way it goes wrong. */
export interface Change {
  readonly safe: Way;
  readonly unsafe: Cell<Way>;
}

export interface Way {
  /** What is done, in a few words. */
  readonly what: string;
  /** Does it, and returns the processes of clients that are new. */
  run(): Promise<readonly Agent[]>;
}

/** Numbers are counted with a step by each of as many counters; or there is nothing to count. */
export type Gaps =
  | { readonly kind: "counted"; readonly step: number }
  | { readonly kind: "none"; readonly why: string };
