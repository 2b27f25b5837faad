import type { DatabaseChoice, DesignName } from "@shardflake/compare";
import type { Layout } from "@shardflake/core";
import type { CompareOptions } from "../../commands/compare.js";
import { valueError } from "../../input-error.js";
import { parseInteger } from "../../values/integer.js";
import { parseLayout } from "../../values/layout.js";
import { type WholeFile, wholeFile } from "../../whole-file.js";
import type { ComparePackage } from "./import-compare.js";

/** `shardflake compare`, parsed and checked; nothing has run or been written yet. */
export interface CompareRequest {
  readonly seconds: number;
  readonly servers: number;
  readonly rows: number;
  readonly layout: Layout;
  readonly database: DatabaseChoice;
  readonly designs: readonly DesignName[];
  readonly report: WholeFile | undefined;
}

type Limits = Pick<ComparePackage, "DESIGN_NAMES" | "MOST_ROWS" | "MOST_SECONDS" | "MOST_SERVERS">;

const PREFIX = "postgres:";

/** @throws InputError, LayoutError, ShardflakeError `OUTPUT_FAILED` */
export function parseCompareRequest(options: CompareOptions, limits: Limits): CompareRequest {
  return {
    seconds: parseSeconds(options.seconds, limits.MOST_SECONDS),
    servers: parseInteger(options.servers, "--servers", 2, limits.MOST_SERVERS),
    rows: parseInteger(options.rows, "--rows", 1000, limits.MOST_ROWS),
    layout: parseLayout(options.layout, options.epoch),
    database: parseDatabase(options.database),
    designs: parseDesigns(options.designs, limits.DESIGN_NAMES),
    report: options.report === undefined ? undefined : wholeFile(options.report),
  };
}

function parseSeconds(text: string, most: number): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= most) return seconds;
  throw valueError("--seconds", `a number above 0, at most ${most}`, text);
}

/** The text may hold a password, so it is not repeated. */
function parseDatabase(text: string | undefined): DatabaseChoice {
  if (text === undefined) return { kind: "embedded" };
  const urls = text.startsWith(PREFIX) ? text.slice(PREFIX.length).split(",") : [];
  // A single address may stand as it is.
  const complete = urls.map((url) => (url.startsWith("//") ? `${PREFIX}${url}` : url));
  if (complete.length > 0 && complete.every((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url))) {
    return { kind: "postgres", urls: complete };
  }
  throw valueError(
    "--database",
    "postgres:URL[,URL…] with addresses like postgres://user@host/database",
    "something else",
  );
}

function parseDesigns(text: string | undefined, names: readonly DesignName[]): readonly DesignName[] {
  if (text === undefined) return names;
  const wanted = text.split(",");
  const chosen = names.filter((name) => wanted.includes(name));
  if (chosen.length === wanted.length) return chosen;
  throw valueError("--designs", `some of ${names.join(",")}, each once`, text);
}
