export type { Backfill } from "./backfill/run-backfill.js";
export type { ClockFactory, ClockPlace, ClockSpec } from "./clock-spec.js";
export type { Delivered, Order, Receive } from "./delivery/delivery.js";
export {
  type ClockStepped,
  DIAGNOSTICS_CHANNELS,
  type LeaseLost,
  type ShardReplaced,
  type WindowWaited,
} from "./diagnostics/events.js";
export { type Encoder, encoderFor } from "./encode/encoder.js";
export { FORMATS, type Format, headerOf } from "./encode/format.js";
export { quotedEncoder } from "./encode/quoted.js";
export { LeaseLostError, LeaseUnavailableError } from "./errors.js";
export type { Keeper } from "./keeper/keeper.js";
export type { KeeperOptions } from "./keeper/keeper-options.js";
export type { KeeperWarning } from "./keeper/keeper-warning.js";
export type { AcquireRequest, Lease, WantedWindow } from "./keeper/lease.js";
export { startLocalKeeper } from "./keeper/local-keeper.js";
export { createPool } from "./pool/create-pool.js";
export { type IssueOptions, issueHere } from "./pool/issue-here.js";
export type { GenerateOptions, Pool, StreamOptions } from "./pool/pool.js";
export type { PoolOptions } from "./pool/pool-options.js";
export type { LaneStats, PoolStats, ShardStats } from "./pool/stats.js";
export type { MachineId, Purpose, Register, RegisterWrite, StoredRegister } from "./register/register.js";
export type { ShardControl, ShardInspection } from "./shard/shard-control.js";
export { embeddedStore } from "./store/embedded-spec.js";
export { etcdStore } from "./store/etcd/etcd.js";
export { memoryStore } from "./store/memory.js";
export { parseStore } from "./store/parse-store.js";
export { postgresStore } from "./store/postgres/postgres.js";
export { stateDirectory } from "./store/state-place.js";
export type { RegisterStore, StoreSpec } from "./store/store.js";
export { openShard, type Ticket } from "./ticket.js";
