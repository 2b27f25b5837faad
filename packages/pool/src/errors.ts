import { ShardflakeError } from "@shardflake/core";

/** A successor holds the machine ID now. This lease never issues again; take a new one. Code `LEASE_LOST`. */
export class LeaseLostError extends ShardflakeError {}

/**
 * No machine ID can be had at this moment. Codes: `MACHINE_IDS_TAKEN` (all are claimed), `FLOOR_AHEAD` (free ones are
 * spent up to a tick that the clock has not reached; `retryAfterMs` says how long), `WINDOW_EXHAUSTED` (the store did
 * not extend the window in time).
 */
export class LeaseUnavailableError extends ShardflakeError {}
