import { decimalLineEncoder } from "./decimal-lines.js";
import type { Encoder } from "./encoder.js";

/** Writes IDs as the items of a JSON array, `"…",` each: whoever closes the array takes the last comma away. */
export function quotedEncoder(): Encoder {
  return decimalLineEncoder('"', '",');
}
