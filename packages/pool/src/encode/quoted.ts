import type { Encoder } from "./encoder.js";
import { lineEncoder } from "./lines.js";
import { DECIMAL } from "./radix.js";

/** Writes IDs as the items of a JSON array, `"…",` each: whoever closes the array takes the last comma away. */
export function quotedEncoder(): Encoder {
  return lineEncoder(DECIMAL, '"', '",');
}
