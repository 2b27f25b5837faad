import type { ClockOffset } from "./clock-offset.js";

/** What a role is given by the process it runs in. */
export interface RoleContext {
  readonly clockOffset: ClockOffset;
  /** Tells the command something it did not ask for. */
  emit(event: unknown): void;
}

/** What a process does. */
export interface Role {
  /** What the command is told when the role is ready: an address, for instance. */
  readonly answer: unknown;
  handle(request: unknown): Promise<unknown>;
  /** What its wall clock shows, as what it runs sees it. */
  clockMs(): Promise<number>;
  close(): Promise<void>;
}

/** Makes the role in its process. */
export type OpenRole = (options: never, context: RoleContext) => Promise<Role>;
