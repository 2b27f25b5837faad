import type { RoleContext } from "../process/role.js";

/** An ID as its design hands it out: a number, or the text of a UUID. */
export type RawId = bigint | string;

/** What one client draws its IDs from. It has one request at a time. */
export interface Client {
  /** Who issued the last ID. */
  readonly server: number;
  /** One ID; a promise only where there is something to wait for. */
  next(): RawId | Promise<RawId>;
  /** Many at once. */
  take(count: number): Promise<readonly RawId[] | BigUint64Array>;
}

/** The client side of a design, in the process where IDs are used. */
export interface Source {
  /** A client; seats are dealt out over the servers there are. */
  connect(seat: number): Client;
  /** Requests so far that left the process, for IDs or for what IDs rest on, and what those in turn asked of a database. */
  roundTrips(): Promise<number>;
  /** Something that changed: other servers, for instance. */
  tell(news: unknown): void;
  close(): Promise<void>;
}

/** Makes a source in the process of its clients. */
export type OpenSource = (options: never, context: RoleContext) => Promise<Source>;
