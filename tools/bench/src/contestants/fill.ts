import { createGenerator, defineLayout, idArray } from "@shardflake/core";
import { type Contestant, plainContestant } from "../contest/contestant.js";
import { SNOWFLAKES } from "../peers/snowflakes.js";

/** 8 MB of IDs. */
const IDS: number = 2 ** 20;
/** Packages take so long that a slice would hold no whole array. */
const PEER_IDS = 2 ** 12;
const PEER_EXAMINED = 300_000;
const TICK_MS = 250;
/** Of ours: far above what it fills. */
export const CEILING_PER_SECOND: number = (2 ** 32 / TICK_MS) * 1000;

export const OURS = "fill(view)";
/** Ours into memory that it need not copy into. */
export const OURS_IN_PLACE = "fill(idArray(n))";
/** Ours in a process that has filled arrays of every other kind before. */
export const OURS_AFTER = "fill(view) after other arrays";
export const PHYSICAL = "BigUint64Array.fill";
export const BIGINT_LOOP = "a loop over BigInt";

/** Nanoseconds an ID: every way to fill an array. */
export async function create(name: string): Promise<Contestant> {
  const ids = name === OURS_IN_PLACE ? idArray(IDS) : new BigUint64Array(IDS);
  switch (name) {
    case OURS:
    case OURS_IN_PLACE:
    case OURS_AFTER: {
      // A sequence of 32 bits is never exhausted, so that nothing is measured but the filling.
      const layout = defineLayout({
        timestampBits: 31,
        datacenterBits: 0,
        machineBits: 0,
        sequenceBits: 32,
        tickMs: TICK_MS,
      });
      const generator = createGenerator({ layout, datacenterId: 0, machineId: 0 });
      if (name !== OURS) for (const view of otherArrays()) for (let i = 0; i < 20; i++) generator.fill(view);
      return {
        ...plainContestant(IDS, () => generator.fill(ids)),
        facts: () => ({ duplicates: IDS - new Set(ids).size }),
      };
    }
    case PHYSICAL:
      return plainContestant(IDS, () => {
        ids.fill(1n);
      });
    case BIGINT_LOOP:
      return plainContestant(IDS, () => {
        let id = 1n;
        for (let i = 0; i < IDS; i++) ids[i] = id++;
      });
    default: {
      const peer = SNOWFLAKES.find((candidate) => candidate.name === name);
      if (peer === undefined) throw new Error(`Expected a way to fill an array, got ${name}.`);
      const next = peer.createUnbounded();
      const fillFirst = (count: number): void => {
        for (let i = 0; i < count; i++) ids[i] = peer.toBigInt(next());
      };
      const duplicates = (): number => {
        fillFirst(PEER_EXAMINED);
        return PEER_EXAMINED - new Set(ids.subarray(0, PEER_EXAMINED)).size;
      };
      return {
        ...plainContestant(PEER_IDS, () => fillFirst(PEER_IDS)),
        facts: () => ({ duplicates: duplicates() }),
      };
    }
  }
}

/** As Node has it; the library of ES2023 does not know it yet. */
const GrowingBuffer = ArrayBuffer as new (bytes: number, options: { readonly maxByteLength: number }) => ArrayBuffer;

/** Short, shared, off the start of their memory, and growing: what might mislead the compiler. */
function otherArrays(): readonly BigUint64Array[] {
  return [
    ...Array.from({ length: 100 }, (_, length) => new BigUint64Array(length)),
    new BigUint64Array(new SharedArrayBuffer(IDS * 8)) as unknown as BigUint64Array<ArrayBuffer>,
    new BigUint64Array(new ArrayBuffer(IDS * 8 + 8), 8, IDS),
    new BigUint64Array(new GrowingBuffer(IDS * 8, { maxByteLength: IDS * 16 })),
  ];
}
