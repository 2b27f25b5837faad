/** What somebody should look at, although the keeper goes on. Structured-cloneable. */
export interface KeeperWarning {
  /**
   * `CLOCK_AHEAD`, `CLOCK_BEHIND`: this host's clock is further from the store's than it may be, and nothing is issued
   * until it is right again. `FLOOR_FAR_AHEAD`: a free machine ID was passed over, because it is spent far into the future.
   */
  readonly code: "CLOCK_AHEAD" | "CLOCK_BEHIND" | "FLOOR_FAR_AHEAD";
  readonly message: string;
}
