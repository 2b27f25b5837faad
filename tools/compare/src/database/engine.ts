import type { Query, Rows } from "./query.js";

/** PostgreSQL, in this process or on a server. */
export interface Engine {
  /** Runs one statement. */
  query(query: Query): Promise<Rows>;
  close(): Promise<void>;
}
