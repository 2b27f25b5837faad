import { type Layout, ShardflakeError } from "@shardflake/core";
import type { Lease, Pool } from "@shardflake/pool";
import { readSlot } from "@shardflake/pool/protocol";
import type { Observer } from "../observation/observer.js";

/** One lease of the pool, as it was told of. */
export interface PoolHolding {
  readonly number: number;
  readonly shard: number;
  readonly lease: Lease;
  limit: number;
  ended: boolean;
}

/** The leases of a pool's shards as they come and go, told to an observer. */
export class PoolHoldings {
  readonly #pool: Pool;
  readonly #observer: Observer;
  readonly #machinesPerDatacenter: number;
  readonly #all: PoolHolding[] = [];
  /** The holdings of a machine ID in the order of their generations, by its place in the layout. */
  readonly #byMachine = new Map<number, PoolHolding[]>();

  constructor(pool: Pool, layout: Layout, observer: Observer) {
    this.#pool = pool;
    this.#observer = observer;
    this.#machinesPerDatacenter = layout.machinesPerDatacenter;
  }

  /** Looks at what the pool holds now. */
  look(atMs: number): void {
    this.#pool.leases.forEach((lease, shard) => {
      if (!this.#all.some((holding) => holding.lease.slot === lease.slot)) this.#take(lease, shard, atMs);
    });
    for (const holding of this.#all) {
      if (holding.ended) continue;
      const { open, limit, last } = readSlot(holding.lease.slot);
      if (limit > holding.limit) {
        holding.limit = limit;
        this.#observer.extended(holding.number, limit, atMs);
      }
      if (open) continue;
      holding.ended = true;
      this.#observer.ended(holding.number, last, atMs);
    }
  }

  /**
   * The holding that issued a tick of a machine ID: the youngest whose window begins below it.
   * @throws ShardflakeError `POOL_WORLD_STRANGER` when the pool never held the machine ID
   */
  issuerOf(machineNumber: number, tick: number): PoolHolding {
    const issuer = this.#byMachine.get(machineNumber)?.findLast(({ lease }) => lease.floor < tick);
    if (issuer !== undefined) return issuer;
    throw new ShardflakeError(
      "POOL_WORLD_STRANGER",
      `Expected tick ${tick} from a machine ID that the pool holds, got number ${machineNumber}.`,
    );
  }

  #take(lease: Lease, shard: number, atMs: number): void {
    const { datacenterId, machineId, generation, floor, slot } = lease;
    const { limit } = readSlot(slot);
    const holding: PoolHolding = { number: this.#all.length, shard, lease, limit, ended: false };
    this.#all.push(holding);
    const machine = datacenterId * this.#machinesPerDatacenter + machineId;
    const before = this.#byMachine.get(machine) ?? [];
    this.#byMachine.set(machine, [...before, holding]);
    if (before.length > 0) this.#observer.branch("machine-id-taken-again");
    const holder = `${datacenterId}/${machineId}@${generation}`;
    this.#observer.held({ shard, holder, datacenterId, machineId, generation, floor, copy: "original" }, atMs);
    this.#observer.extended(holding.number, limit, atMs);
  }
}
