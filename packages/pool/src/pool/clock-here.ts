import { type SteadyClock, steadyClock } from "@shardflake/core";
import { type ClockSpec, openClock } from "../clock-spec.js";

/**
 * The clock of the thread that owns the pool, opened when it is first needed. It is one for all generators of the thread,
 * so that a new one never starts at a time before the others'.
 */
export class ClockHere {
  private readonly spec: ClockSpec | null;
  private opening: Promise<SteadyClock> | undefined;
  private opened: SteadyClock | undefined;

  constructor(spec: ClockSpec | null) {
    this.spec = spec;
  }

  /** Steps back that it absorbed. */
  get steps(): number {
    return this.opened?.steps ?? 0;
  }

  /** @throws ShardflakeError `CLOCK_UNAVAILABLE`; the next call tries again */
  open(): Promise<SteadyClock> {
    this.opening ??= openClock(this.spec, { kind: "caller" }).then(
      (clock) => {
        this.opened = steadyClock(clock);
        return this.opened;
      },
      (error: unknown) => {
        this.opening = undefined;
        throw error;
      },
    );
    return this.opening;
  }
}
