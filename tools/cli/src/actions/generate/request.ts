import type { Layout, SequenceStart } from "@shardflake/core";
import { FORMATS, type Format, type Order } from "@shardflake/pool";
import type { GenerateOptions } from "../../commands/generate.js";
import { InputError, valueError } from "../../input-error.js";
import { parseInteger } from "../../values/integer.js";
import { parseMachineIds } from "../../values/machine-ids.js";
import { parsePeriod } from "../../values/period.js";
import { parseSequenceStart } from "../../values/sequence-start.js";
import { parseSize } from "../../values/size.js";
import { checkMemoryIsMeant, parseStoreSettings, type StoreSettings } from "../../values/store.js";
import { checkPeriodIsPast, checkRowsArePast } from "./past.js";

/** `shardflake generate`, parsed and checked; nothing has been opened for writing yet. */
export interface GenerateRequest extends StoreSettings {
  readonly work: Work;
  readonly shards: number | undefined;
  readonly lanes: number;
  readonly datacenterId: number | undefined;
  readonly machineIds: readonly number[] | undefined;
  readonly sequenceStart: SequenceStart;
  readonly format: Format;
  readonly order: Order;
  readonly quiet: boolean;
}

/** What is to be issued. */
export type Work =
  /** So few that threads would cost more than they bring. */
  | { readonly kind: "few"; readonly count: number }
  | { readonly kind: "many"; readonly count: number }
  | { readonly kind: "period"; readonly count: number; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: "rows"; readonly timesMs: Float64Array };

/** Up to so many ticks of one machine ID's ceiling are issued without threads: about what starting them takes. */
const FEW_TICKS = 25;
const MOST_FEW = 100_000;

/** @throws InputError, LayoutError, ShardflakeError `STORE_INVALID` */
export async function parseGenerateRequest(
  count: string | undefined,
  options: GenerateOptions,
): Promise<GenerateRequest> {
  const settings = parseStoreSettings(options);
  const { layout } = settings;
  checkMemoryIsMeant(settings, options.unsafeMemory);
  const integer = (name: keyof GenerateOptions, least: number, most: number): number | undefined => {
    const text = options[name];
    return typeof text === "string" ? parseInteger(text, `--${name}`, least, most) : undefined;
  };
  const shards = integer("shards", 1, 1024);
  const lanes = integer("lanes", 1, layout.machines);
  return {
    ...settings,
    work: await parseWork(count, options, layout, (total) => {
      const few = total <= Math.min(MOST_FEW, FEW_TICKS * layout.idsPerTick);
      return few && shards === undefined && lanes === undefined;
    }),
    shards,
    lanes: lanes ?? 1,
    datacenterId: integer("datacenter", 0, layout.datacenters - 1),
    machineIds: options.machines === undefined ? undefined : parseMachineIds(options.machines, layout, "--machines"),
    sequenceStart: startOf(options),
    format: choice(
      "--format",
      options.format,
      FORMATS.filter((format) => format !== "ids"),
    ),
    order: choice("--order", options.order, ["time", "arrival"]),
    quiet: options.quiet === true,
  };
}

/** The sequences of a backfill follow from how its IDs are spread. */
function startOf({ sequenceStart, from, to, times }: GenerateOptions): SequenceStart {
  if (sequenceStart === undefined) return "zero";
  const start = parseSequenceStart(sequenceStart, "--sequence-start");
  if (from === undefined && to === undefined && times === undefined) return start;
  throw new InputError("USAGE", "Expected --sequence-start without --from, --to and --times (a backfill), got both.");
}

async function parseWork(
  countText: string | undefined,
  { from, to, times }: GenerateOptions,
  layout: Layout,
  isFew: (count: number) => boolean,
): Promise<Work> {
  if (times !== undefined) {
    if (countText !== undefined || from !== undefined || to !== undefined) {
      throw new InputError("USAGE", "Expected --times alone (one ID a row), got a count, --from or --to beside it.");
    }
    const { readTimes } = await import("./times.js");
    const timesMs = await readTimes(times);
    checkRowsArePast(layout, timesMs, Date.now());
    return { kind: "rows", timesMs };
  }
  const count = parseSize(countText ?? "1", "the count");
  if (from === undefined && to === undefined) return { kind: isFew(count) ? "few" : "many", count };
  if (from === undefined || to === undefined) {
    const got = from === undefined ? "--to" : "--from";
    throw new InputError("USAGE", `Expected --from and --to together, got ${got} alone.`);
  }
  const period = parsePeriod(from, to);
  checkPeriodIsPast(layout, period, Date.now());
  return { kind: "period", count, ...period };
}

function choice<Value extends string>(name: string, value: string, choices: readonly Value[]): Value {
  const found = choices.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw valueError(name, choices.join(" | "), value);
}
