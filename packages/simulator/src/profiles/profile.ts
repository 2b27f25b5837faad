/**
 * calm: crystals within 100 ppm and chrony. ntp: daemons, steps, leap seconds. vm: migration, suspend, clones. hostile:
 * the pairs of faults that find most bugs, with at least one restart. swarm: every seed has its own subset of the faults.
 */
export const PROFILES = ["calm", "ntp", "vm", "hostile", "swarm"] as const;

/** Name of one of the {@link PROFILES}. */
export type Profile = (typeof PROFILES)[number];

/** Which world a scenario is for: simulated time is free, that of the real worker threads is not. */
export type World = "virtual" | "pool";

/** What {@link profileScenario} takes besides the seed. */
export interface ProfileOptions {
  readonly world: World;
  /** @default drawn from the seed, in the profile's range */
  readonly durationMs?: number;
  /** @default drawn from the seed, in the profile's range */
  readonly shards?: number;
}
