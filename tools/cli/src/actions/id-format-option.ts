import { ID_FORMATS, type IdFormat } from "@shardflake/simulator/audit";
import { valueError } from "../input-error.js";

/** Reads the name of a format. @throws InputError `OPTION_INVALID` */
export function parseFormat(text: string, name: string, formats: readonly IdFormat[] = ID_FORMATS): IdFormat {
  const format = formats.find((known) => known === text);
  if (format === undefined) throw valueError(name, `one of ${formats.join(", ")}`, text);
  return format;
}
