import { Snowflake as SapphireSnowflake } from "@sapphire/snowflake";
import FlakeId from "flake-idgen";
import nodejsSnowflake from "nodejs-snowflake";
import { SnowflakeIdv1 } from "simple-flakeid";
import Snowflakify, { SequenceFragment, TimestampFragment, WorkerFragment } from "snowflakify";
import { Snowyflake } from "snowyflake";
import { TSIDGenerator } from "tsid-ts";
import { quickenClock } from "./quick-clock.js";

const EPOCH_MS: number = Date.UTC(2020, 0, 1);
const LONG_SEQUENCE_BITS = 21;

/** Somebody else's generator of snowflake IDs: what it calls `next`, and nothing around it. */
export interface SnowflakePeer {
  readonly name: string;
  /** The lengths it has when nothing is configured, or the classic ones where it asks. */
  readonly sequenceBits: number;
  readonly machineBits: number;
  create(): () => unknown;
  /** The same with the ceiling out of the way: a sequence that is never exhausted, or a clock that is quick. */
  createUnbounded(): () => unknown;
  /** One of its IDs as a number of 64 bits. */
  toBigInt(id: unknown): bigint;
}

const asIs = (id: unknown): bigint => BigInt(id as string | bigint);

export const SNOWFLAKES: readonly SnowflakePeer[] = [
  {
    name: "nodejs-snowflake",
    sequenceBits: 10,
    machineBits: 12,
    ...boundByClock(() => {
      const generator = new nodejsSnowflake.Snowflake({ custom_epoch: EPOCH_MS, instance_id: 1 });
      return () => generator.getUniqueID();
    }),
    toBigInt: asIs,
  },
  {
    name: "@sapphire/snowflake",
    sequenceBits: 12,
    machineBits: 10,
    ...boundByClock(() => {
      const generator = new SapphireSnowflake(EPOCH_MS);
      return () => generator.generate();
    }),
    toBigInt: asIs,
  },
  {
    name: "flake-idgen",
    sequenceBits: 12,
    machineBits: 10,
    ...boundByClock(() => {
      const generator = new FlakeId({ datacenter: 1, worker: 1, epoch: EPOCH_MS });
      // Called without a callback, it throws where the sequence is exhausted.
      return () => {
        for (;;) {
          try {
            return generator.next();
          } catch (error) {
            if (!isExhausted(error)) throw error;
          }
        }
      };
    }),
    toBigInt: (id) => Buffer.from(id as Uint8Array).readBigUInt64BE(),
  },
  {
    name: "snowflakify",
    sequenceBits: 12,
    machineBits: 10,
    create: () => snowflakify(10, 12),
    createUnbounded: () => snowflakify(1, LONG_SEQUENCE_BITS),
    toBigInt: asIs,
  },
  {
    name: "snowyflake",
    sequenceBits: 12,
    machineBits: 10,
    ...boundByClock(() => {
      const generator = new Snowyflake({ epoch: BigInt(EPOCH_MS), workerId: 1n, processId: 1n });
      return () => generator.nextId();
    }),
    toBigInt: asIs,
  },
  {
    name: "simple-flakeid",
    sequenceBits: 6,
    machineBits: 6,
    create: () => simpleFlakeId(6, 6),
    createUnbounded: () => simpleFlakeId(1, LONG_SEQUENCE_BITS),
    toBigInt: asIs,
  },
  {
    name: "tsid-ts",
    sequenceBits: 12,
    machineBits: 10,
    create: () => tsid(10),
    createUnbounded: () => tsid(0),
    toBigInt: (id) => (id as { readonly number: bigint }).number,
  },
];

export const SNOWFLAKE_EPOCH_MS: number = EPOCH_MS;

/** For a generator that has no longer sequence to offer. */
function boundByClock(create: () => () => unknown): Pick<SnowflakePeer, "create" | "createUnbounded"> {
  return {
    create,
    createUnbounded: () => {
      quickenClock();
      return create();
    },
  };
}

function snowflakify(machineBits: number, sequenceBits: number): () => unknown {
  const generator = new Snowflakify({
    fragmentArray: [
      new TimestampFragment(63 - machineBits - sequenceBits, EPOCH_MS),
      new WorkerFragment(machineBits, 1),
      new SequenceFragment(sequenceBits),
    ],
  });
  return () => generator.nextId();
}

function simpleFlakeId(workerIdBitLength: number, seqBitLength: number): () => unknown {
  const generator = new SnowflakeIdv1({
    workerId: 1,
    baseTime: EPOCH_MS,
    workerIdBitLength,
    seqBitLength,
    maxSeqNumber: 2 ** seqBitLength - 1,
  });
  return () => generator.NextBigId();
}

function tsid(nodeBits: number): () => unknown {
  const generator = new TSIDGenerator(nodeBits === 0 ? 0 : 1, nodeBits, EPOCH_MS);
  return () => generator.create();
}

function isExhausted(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Sequence exceeded");
}
