import type { SequenceStart } from "@shardflake/core";
import { valueError } from "../input-error.js";

/** Reads what the sequence of a new tick starts with. @throws InputError `OPTION_INVALID` */
export function parseSequenceStart(text: string, name: string): SequenceStart {
  if (text === "zero" || text === "random") return text;
  throw valueError(name, "zero or random", text);
}
