import { setTimeout as sleep } from "node:timers/promises";
import { type Clock, type Layout, ShardflakeError } from "@shardflake/core";
import type { RegisterStore, RegisterWrite, StoredRegister, StoreSpec } from "@shardflake/pool";
import { openStore } from "@shardflake/pool/protocol";
import { type Interruption, interruptionsOf } from "../scenario/interruptions.js";
import { Board } from "./board.js";
import type { FaultyWorld } from "./faulty-clock.js";

interface FaultyStoreOptions extends FaultyWorld {
  readonly inner: StoreSpec;
}

/** A store in front of which the scenario's troubles stand. All shards of a pool have it in common. */
export function faultyStore(inner: StoreSpec, world: FaultyWorld): StoreSpec {
  const options: FaultyStoreOptions = { ...world, inner };
  return { module: import.meta.url, export: "createFaultyStore", options };
}

/** The factory behind {@link faultyStore}. */
export async function createFaultyStore(options: unknown, clock: Clock): Promise<RegisterStore> {
  const { inner, scenario, board } = options as FaultyStoreOptions;
  const troubles = Array.from({ length: scenario.shards }, (_, shard) =>
    troublesOf(options as FaultyStoreOptions, shard),
  );
  return new FaultyStore(await openStore(inner, clock), new Board(board, scenario), troubles.flat());
}

/** Something stands between the keeper and its store. */
interface Trouble {
  readonly shard: number;
  readonly fault: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly kind: "down" | "answers-lost" | "slow";
  readonly delayMs: number;
}

function troublesOf({ scenario }: FaultyWorld, shard: number): Trouble[] {
  return interruptionsOf(scenario, shard).flatMap((interruption) => {
    const trouble = troubleOf(interruption);
    return trouble === undefined ? [] : [{ ...trouble, shard }];
  });
}

function troubleOf(interruption: Interruption): Omit<Trouble, "shard"> | undefined {
  const { fault, fromMs, toMs } = interruption;
  // A zombie's renewals are dropped, and the process has one keeper.
  if (interruption.kind === "zombie") return { fault, fromMs, toMs, kind: "down", delayMs: 0 };
  if (interruption.kind !== "store") return undefined;
  const { trouble, delayMs } = interruption;
  return { fault, fromMs, toMs, kind: trouble === "partitioned" ? "down" : trouble, delayMs };
}

class FaultyStore implements RegisterStore {
  readonly name: string;
  readonly #inner: RegisterStore;
  readonly #board: Board;
  readonly #troubles: readonly Trouble[];

  constructor(inner: RegisterStore, board: Board, troubles: readonly Trouble[]) {
    this.name = inner.name;
    this.#inner = inner;
    this.#board = board;
    this.#troubles = troubles;
  }

  open(namespace: string, layout: Layout): Promise<void> {
    return this.#inner.open(namespace, layout);
  }

  read(): Promise<StoredRegister[]> {
    return this.#troubled(() => this.#inner.read());
  }

  write(writes: readonly RegisterWrite[]): Promise<"done" | "conflict"> {
    return this.#troubled(() => this.#inner.write(writes));
  }

  now(): Promise<number> {
    return this.#inner.now();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  async #troubled<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const trueMs = this.#board.trueMs();
    const present = this.#troubles.filter(({ fromMs, toMs }) => fromMs <= trueMs && trueMs < toMs);
    for (const { fault, shard } of present) this.#board.see(fault, shard);
    if (present.some(({ kind }) => kind === "down")) throw unavailable();
    const delayMs = Math.max(0, ...present.map((trouble) => (trouble.kind === "slow" ? trouble.delayMs : 0)));
    if (delayMs > 0) await sleep(delayMs);
    const answer = await ask();
    if (present.some(({ kind }) => kind === "answers-lost")) throw unavailable();
    return answer;
  }
}

function unavailable(): ShardflakeError {
  return new ShardflakeError("STORE_UNAVAILABLE", "Expected the store to answer, got none: the scenario says so.");
}
