import { Snowflake as SapphireSnowflake } from "@sapphire/snowflake";
import {
  decompose,
  defineLayout,
  encodeBase32,
  encodeBase62,
  encodeDecimal,
  idWriter,
  parseBase32,
  parseBase62,
  parseDecimal,
} from "@shardflake/core";
import { encoderFor, type Format } from "@shardflake/pool";
import { Base62 } from "@sindresorhus/base62";
import nodejsSnowflake from "nodejs-snowflake";
import Snowflakify, { ProcessFragment, SequenceFragment, TimestampFragment, WorkerFragment } from "snowflakify";
import { Snowyflake } from "snowyflake";
import { TSID } from "tsid-ts";
import { type Contestant, plainContestant } from "../contest/contestant.js";

/** IDs a run works on: enough to be no constant, few enough to stay in the cache. */
const IDS = 512;
const FIRST_TICK = 200_000_000_000;

export const OURS = "shardflake";
/** The encoder that the pool's threads write runs with. */
export const OURS_RUN = "shardflake, a run at a time";

const layout = defineLayout();
const base62 = new Base62();
const sapphire = new SapphireSnowflake(layout.epochMs);
const snowyflake = new Snowyflake({ epoch: BigInt(layout.epochMs), workerId: 1n, processId: 1n });
const snowflakify = new Snowflakify({
  fragmentArray: [
    new TimestampFragment(41, layout.epochMs),
    new WorkerFragment(5, 1),
    new ProcessFragment(5, 1),
    new SequenceFragment(12),
  ],
});

type Encode = (id: bigint) => string;
type Decode = (text: string) => bigint;
type Read = (id: bigint) => unknown;

/** What becomes of an ID, and who can do it, by name. */
interface Form {
  readonly encode: Readonly<Record<string, Encode>>;
  readonly decode: Readonly<Record<string, Decode>>;
  /** The same text by the encoder of runs. */
  readonly format: Format;
}

export const FORMS: Readonly<Record<string, Form>> = {
  decimal: {
    format: "text",
    encode: {
      [OURS]: encodeDecimal,
      "BigInt.toString": (id) => id.toString(),
      "tsid-ts": (id) => new TSID(id).toDecimalString(),
    },
    decode: {
      [OURS]: parseDecimal,
      BigInt: (text) => BigInt(text),
      "tsid-ts": (text) => TSID.fromString(text, "d").number,
    },
  },
  base32: {
    format: "base32",
    encode: { [OURS]: encodeBase32, "tsid-ts": (id) => new TSID(id).toString() },
    decode: { [OURS]: parseBase32, "tsid-ts": (text) => TSID.fromString(text).number },
  },
  base62: {
    format: "base62",
    encode: {
      [OURS]: encodeBase62,
      "@sindresorhus/base62": (id) => base62.encodeBigInt(id),
      "tsid-ts": (id) => new TSID(id).toBase62String(),
    },
    decode: {
      [OURS]: parseBase62,
      "@sindresorhus/base62": (text) => base62.decodeBigInt(text),
      "tsid-ts": (text) => TSID.fromString(text, "z").number,
    },
  },
};

/** An ID's sections and its time, as each package takes it apart. */
export const SECTIONS: Readonly<Record<string, Read>> = {
  [OURS]: (id) => decompose(layout, id),
  "@sapphire/snowflake": (id) => sapphire.deconstruct(id),
  snowyflake: (id) => snowyflake.deconstruct(id),
  snowflakify: (id) => snowflakify.destructure(id),
  "nodejs-snowflake": (id) => [
    nodejsSnowflake.Snowflake.timestampFromID(id, layout.epochMs),
    nodejsSnowflake.Snowflake.instanceIDFromID(id),
  ],
};

/** What one contestant does. */
export type Task =
  | { readonly kind: "encode" | "decode"; readonly form: string; readonly who: string }
  | { readonly kind: "read"; readonly who: string };

export function nameOf(task: Task): string {
  return JSON.stringify(task);
}

/** Nanoseconds an ID. The name is that of a {@link Task}. */
export async function create(name: string): Promise<Contestant> {
  const task = JSON.parse(name) as Task;
  const ids = Array.from(
    { length: IDS },
    (_, at) => (BigInt(FIRST_TICK + at) << 22n) | BigInt((at * 2_654_435_761) % 2 ** 22),
  );
  if (task.kind === "read") return using(ids, SECTIONS[task.who]!);
  const form = FORMS[task.form]!;
  if (task.kind === "decode") {
    // Each reads what it writes itself: packages differ in leading zeros.
    return using(ids.map(form.encode[writerOf(form, task.who)]!), form.decode[task.who]!);
  }
  return task.who === OURS_RUN ? encodingRuns(form.format) : using(ids, form.encode[task.who]!);
}

function using<Given>(given: readonly Given[], run: (one: Given) => unknown): Contestant {
  let last: unknown;
  return plainContestant(IDS, () => {
    for (let at = 0; at < IDS; at++) last = run(given[at]!);
    if (last === undefined) throw new Error("nothing came out");
  });
}

function writerOf({ encode }: Form, reader: string): string {
  return Object.hasOwn(encode, reader) ? reader : OURS;
}

function encodingRuns(format: Format): Contestant {
  const encoder = encoderFor(format);
  const writer = idWriter(layout, 1, 1);
  const out = new Uint8Array(layout.idsPerTick * encoder.maxRecordBytes);
  let tick = FIRST_TICK;
  return plainContestant(layout.idsPerTick, () => {
    encoder.write(out, 0, writer.base(tick++), 0, layout.idsPerTick);
  });
}
