import { createGenerator, defineLayout, encodeBase32, idWriter, parseBase32 } from "@shardflake/core";
import { encoderFor } from "@shardflake/pool";
import { Auditor, createReader } from "@shardflake/simulator/audit";
import { type Contestant, plainContestant } from "../contest/contestant.js";
import { create as createNext, OURS, UNBOUNDED } from "./next.js";
import { countAscending, naiveGenerator, readLines, writeLines } from "./yardsticks.js";

/** So few that a run is seldom interrupted and stays in the processor's cache. */
const IDS = 2 ** 13;
/** So many that the auditor's own memory, new in every run, is a small part of it. */
const AUDITED = 2 ** 16;
const CALLS = 500;
const LONG_SEQUENCE_BITS = 22;
const MACHINE_IDS = 32;
const FIRST_TICK = 200_000_000_000;

const layout = defineLayout();

/** What the guard measures, ours and the yardsticks, in nanoseconds an ID. */
const CONTESTANTS: Readonly<Record<string, () => Contestant | Promise<Contestant>>> = {
  "next()": () => createNext(OURS + UNBOUNDED),
  "a naive generator": () => calls(naiveGenerator(LONG_SEQUENCE_BITS)),
  "fill(view)": fill,
  "BigUint64Array.fill": () => {
    const ids = new BigUint64Array(IDS);
    return plainContestant(IDS, () => {
      ids.fill(1n);
    });
  },
  "the text encoder": textEncoder,
  "a loop that writes lines": () => {
    const out = new Uint8Array(IDS * 20);
    const digits = Uint8Array.from("838860800000000000", Number);
    return plainContestant(IDS, () => {
      writeLines(out, digits, IDS);
    });
  },
  "verify, ascending": () => verifyBinary(ascending()),
  "verify, interleaved": () => verifyBinary(interleaved()),
  "a loop that compares halves": () => {
    const halves = new Uint32Array(ascending().buffer);
    return plainContestant(AUDITED, () => ascendingOnly(countAscending(halves)));
  },
  "verify, text": () => {
    const text = asText(ascending());
    return plainContestant(AUDITED, () => {
      const auditor = new Auditor(layout);
      const reader = createReader("text", (halves, count) => auditor.scan(halves, count));
      reader.read(text);
      reader.end();
    });
  },
  "a loop that reads lines": () => {
    const text = asText(ascending());
    return plainContestant(AUDITED, () => ascendingOnly(readLines(text)));
  },
  "base32, there and back": () => thereAndBack((id) => parseBase32(encodeBase32(id))),
  "BigInt text, there and back": () => thereAndBack((id) => BigInt(`0x${id.toString(16)}`)),
};

export async function create(name: string): Promise<Contestant> {
  const make = CONTESTANTS[name];
  if (make === undefined) throw new Error(`Expected one of ${Object.keys(CONTESTANTS).join(", ")}, got ${name}.`);
  return make();
}

function calls(next: () => bigint): Contestant {
  let ids = 0n;
  return plainContestant(CALLS, () => {
    for (let call = 0; call < CALLS; call++) ids ^= next();
    if (ids < 0n) throw new Error("an ID had its sign bit set");
  });
}

function fill(): Contestant {
  const long = defineLayout({ timestampBits: 31, datacenterBits: 0, machineBits: 0, sequenceBits: 32, tickMs: 250 });
  const generator = createGenerator({ layout: long, datacenterId: 0, machineId: 0 });
  const ids = new BigUint64Array(IDS);
  return plainContestant(IDS, () => generator.fill(ids));
}

function textEncoder(): Contestant {
  const encoder = encoderFor("text");
  const writer = idWriter(layout, 1, 1);
  const out = new Uint8Array(IDS * encoder.maxRecordBytes);
  let tick = FIRST_TICK;
  return plainContestant(IDS, () => {
    let end = 0;
    for (let ids = 0; ids < IDS; ids += layout.idsPerTick) {
      end = encoder.write(out, end, writer.base(tick++), 0, layout.idsPerTick);
    }
  });
}

function verifyBinary(ids: BigUint64Array): Contestant {
  const halves = new Int32Array(ids.buffer);
  return plainContestant(AUDITED, () => new Auditor(layout).scan(halves, AUDITED));
}

function thereAndBack(both: (id: bigint) => bigint): Contestant {
  const ids = ascending().subarray(0, CALLS);
  return plainContestant(CALLS, () => {
    for (let at = 0; at < CALLS; at++) if (both(ids[at]!) !== ids[at]) throw new Error(`${ids[at]} came back changed`);
  });
}

function ascendingOnly(count: number): void {
  if (count !== AUDITED) throw new Error(`Expected ${AUDITED} ascending IDs, got ${count}.`);
}

/** One machine ID after the other, in runs. */
function ascending(): BigUint64Array {
  return interleaved().sort();
}

/** Machine IDs in turns, one ID each. */
function interleaved(): BigUint64Array {
  return BigUint64Array.from({ length: AUDITED }, (_, at) => {
    const sequence = BigInt(Math.floor(at / MACHINE_IDS));
    return (BigInt(FIRST_TICK) << 22n) | (BigInt(at % MACHINE_IDS) << 12n) | sequence;
  });
}

function asText(ids: BigUint64Array): Uint8Array {
  return new TextEncoder().encode(`${ids.join("\n")}\n`);
}
