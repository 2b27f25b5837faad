import type { Generator } from "@shardflake/core";
import { LeaseLostError } from "../errors.js";
import type { Keeper } from "../keeper/keeper.js";
import type { Lease } from "../keeper/lease.js";
import { readSlot } from "../slot/slot.js";
import { openTicket, type Ticket } from "../ticket.js";
import type { ClockHere } from "./clock-here.js";
import type { PoolSettings } from "./pool-options.js";

/** What {@link GeneratorsHere} needs of its pool. */
export interface GeneratorsHereOptions {
  readonly settings: PoolSettings;
  readonly keeper: Keeper;
  /** Leases one machine ID. */
  acquire(): Promise<readonly Lease[]>;
  readonly clock: ClockHere;
  /** @throws ShardflakeError `POOL_CLOSED` */
  checkOpen(): void;
}

/** Generators outside the shards: one of this thread that gives IDs one at a time, and those that users take for themselves. */
export class GeneratorsHere {
  private readonly options: GeneratorsHereOptions;
  private own: Promise<Generator> | undefined;
  private lastId = 0n;
  private ticketLeases: Lease[] = [];

  constructor(options: GeneratorsHereOptions) {
    this.options = options;
  }

  /** The machine IDs they hold. */
  get leases(): readonly Lease[] {
    return this.ticketLeases;
  }

  /** @throws as `Pool.next` */
  async next(): Promise<bigint> {
    for (;;) {
      this.options.checkOpen();
      this.own ??= this.claim();
      const own = this.own;
      try {
        const id = await (await this.claimed(own)).nextAsync();
        // The first IDs of another machine ID may be below the last one issued in the same tick.
        if (id <= this.lastId) continue;
        this.lastId = id;
        return id;
      } catch (error) {
        if (!(error instanceof LeaseLostError)) throw error;
        // Whoever took the machine ID over starts above everything issued here; this pool takes another one.
        if (this.own === own) this.own = undefined;
      }
    }
  }

  /** @throws as `Pool.claim` */
  async claim(): Promise<Generator> {
    const ticket = await this.ticket();
    try {
      return openTicket(ticket, await this.options.clock.open());
    } catch (error) {
      // Nobody will ever issue with it.
      await this.options.keeper.release([ticket.lease]).catch(() => {});
      throw error;
    }
  }

  /** @throws as `Pool.ticket` */
  async ticket(): Promise<Ticket> {
    const { settings } = this.options;
    this.options.checkOpen();
    const [lease] = await this.options.acquire();
    const { layoutOptions, clock, sequenceStart, waitMs } = settings;
    // Those that were lost are of no interest any more.
    this.ticketLeases = [...this.ticketLeases.filter(({ slot }) => readSlot(slot).open), lease!];
    return { lease: lease!, layout: layoutOptions, clock, sequenceStart, maxWaitMs: waitMs };
  }

  /** The generator of next(); one that could not be had is asked for again the next time. */
  private claimed(own: Promise<Generator>): Promise<Generator> {
    return own.catch((error: unknown) => {
      if (this.own === own) this.own = undefined;
      throw error;
    });
  }
}
