import {
  type Clock,
  createGenerator,
  type Generator,
  type GeneratorOptions,
  type SteadyClock,
  steadyClock,
  type Window,
} from "@shardflake/core";
import { KeeperMachine, type KeeperMachineOptions, type Lease, openShardWindow } from "@shardflake/pool/protocol";

/** As much of a generator as the virtual world calls. */
export type IssuingGenerator = Pick<Generator, "tryNext" | "reserve" | "lastTick">;

/**
 * What the processes of a virtual world are built of. The real parts are {@link OURS}; whoever wants to know whether the
 * simulator finds a bug puts a broken part in the place of one of them.
 */
export interface Build {
  /** Called once a process. */
  readonly steadyClock: (clock: Clock) => SteadyClock;
  /** Called once a process. `shard` tells processes of the same shard from those of others, across restarts. */
  readonly keeper: (options: KeeperMachineOptions, shard: number) => Pick<KeeperMachine, "handle">;
  /** Called once a lease. */
  readonly window: (lease: Lease) => Window;
  /** Called once a lease, again when it threw because of the clock. */
  readonly generator: (options: GeneratorOptions) => IssuingGenerator;
}

/** The parts that Shardflake itself is built of. */
export const OURS: Build = {
  steadyClock: (clock) => steadyClock(clock),
  keeper: (options) => new KeeperMachine(options),
  window: openShardWindow,
  generator: createGenerator,
};
