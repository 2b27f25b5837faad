import { ShardflakeError } from "@shardflake/core";

/**
 * A scenario that cannot be run. Codes: `SCENARIO_INVALID` (the message names the field), `SCENARIO_FORMAT_NEWER` (it
 * was written by a newer version).
 */
export class ScenarioError extends ShardflakeError {}
