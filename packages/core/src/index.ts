export type { Clock } from "./clock.js";
export { ClockError, describeValue, type ErrorDetails, LayoutError, ParseError, ShardflakeError } from "./errors.js";
export { defineLayout, type Layout, type LayoutOptions, tickAt, tickStartMs } from "./layout.js";
