import type { RawId } from "../source/source.js";
import type { Ids } from "./load-messages.js";

/** IDs as words. All of them have the form of the first. */
export function encodeIds(raw: readonly RawId[]): Ids {
  if (typeof raw[0] !== "string") return { form: "number", words: BigUint64Array.from(raw as readonly bigint[]) };
  const bytes = Buffer.alloc(raw.length * 16);
  let at = 0;
  for (const text of raw) at += bytes.write((text as string).replaceAll("-", ""), at, "hex");
  bytes.swap64();
  return { form: "uuid", words: new BigUint64Array(bytes.buffer, bytes.byteOffset, raw.length * 2) };
}
