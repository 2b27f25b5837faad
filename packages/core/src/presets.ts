import { describeValue, LayoutError } from "./errors.js";
import { defineLayout, type Layout } from "./layout.js";

/**
 * Well-known layouts, to read, compare and continue their IDs. Only those whose sections truly come in the order
 * timestamp, datacenter ID, machine ID, sequence: Sonyflake, for one, puts its sequence before its machine ID.
 * Where a source counts 64 bits, the top bit of its timestamp is the sign bit, which stays 0 here.
 */
export interface Presets {
  /** The default of this library: 41/5/5/12 from 2020-01-01, 69.7 years, 1024 machine IDs, 4096 IDs per ms each. */
  readonly shardflake: Layout;
  /**
   * The original: 41/5/5/12 from 2010-11-04T01:42:54.657Z.
   * https://github.com/twitter-archive/snowflake/blob/snowflake-2010/src/main/scala/com/twitter/service/snowflake/IdWorker.scala
   */
  readonly twitter: Layout;
  /**
   * 41/5/5/12 from 2015-01-01; Discord's worker is the datacenter ID, its process the machine ID. The documentation
   * gives the timestamp bits 63 to 22, which is 42; without the sign bit 41 are left, enough until September 2084.
   * https://discord.com/developers/docs/reference#snowflakes
   */
  readonly discord: Layout;
  /**
   * 40/0/13/10 from 2011-08-24T21:07:01.721Z; the machine ID is the logical shard. The article counts 41 bits of time,
   * but keeps the ID in PostgreSQL's signed bigint: without the sign bit 40 are left, enough until June 2046.
   * https://instagram-engineering.com/sharding-ids-at-instagram-1cf5a71e5a5c
   */
  readonly instagram: Layout;
  /**
   * 47/0/0/16 from 1970 (48 bits of time with the sign bit). Mastodon's tail is a number that starts at a hash and
   * wraps: unique within a millisecond, but not ordered. So it is for reading IDs and finding those of a period.
   * https://github.com/mastodon/mastodon/blob/main/lib/mastodon/snowflake.rb
   */
  readonly mastodon: Layout;
  /**
   * 41/0/5/7 from 2020-01-01: 53 bits, so that every ID is exact as a JavaScript number (at most 2^53 - 1, ECMA-262
   * Number.MAX_SAFE_INTEGER) and survives JSON. 41 bits of milliseconds keep 69.7 years; of the 12 bits left, 32
   * machine IDs serve a process with one per core or several small hosts, and 128 IDs per ms each (4.1 million a
   * second in total) outlast a burst.
   */
  readonly "js-safe": Layout;
}

const EPOCH_MS: number = Date.UTC(2020, 0, 1);

/** Layouts that are in use, frozen; {@link layoutNamed} takes their names. */
export const presets: Presets = Object.freeze({
  shardflake: layout(41, 5, 5, 12, EPOCH_MS),
  twitter: layout(41, 5, 5, 12, 1_288_834_974_657),
  discord: layout(41, 5, 5, 12, 1_420_070_400_000),
  instagram: layout(40, 0, 13, 10, 1_314_220_021_721),
  mastodon: layout(47, 0, 0, 16, 0),
  "js-safe": layout(41, 0, 5, 7, EPOCH_MS),
});

/**
 * The preset of that name.
 *
 * @throws LayoutError `PRESET_UNKNOWN` when there is none; the message lists the names
 */
export function layoutNamed(name: string): Layout {
  if (typeof name === "string" && Object.hasOwn(presets, name)) return presets[name as keyof Presets];
  throw new LayoutError(
    "PRESET_UNKNOWN",
    `Expected the name of a preset (${Object.keys(presets).join(", ")}), got ${describeValue(name)}. ` +
      "Take one of these, or define the layout section by section.",
  );
}

function layout(
  timestampBits: number,
  datacenterBits: number,
  machineBits: number,
  sequenceBits: number,
  epoch: number,
): Layout {
  return defineLayout({ timestampBits, datacenterBits, machineBits, sequenceBits, epoch });
}
