import type { Format } from "../../src/encode/format.js";

const BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** One record as the format defines it, with a BigInt per ID and no regard for speed. */
export function naiveRecord(format: Format, id: bigint): Uint8Array {
  switch (format) {
    case "text":
    case "csv":
      return ascii(`${id}\n`);
    case "ndjson":
      return ascii(`${JSON.stringify({ id: String(id) })}\n`);
    case "base32":
      return ascii(`${digits(id, BASE32, 13)}\n`);
    case "base62":
      return ascii(`${digits(id, BASE62, 11)}\n`);
    case "ids":
      return new Uint8Array(BigUint64Array.of(id).buffer);
    case "u64le":
    case "u64be": {
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setBigUint64(0, id, format === "u64le");
      return bytes;
    }
  }
}

function digits(id: bigint, alphabet: string, length: number): string {
  let text = "";
  for (let rest = id; text.length < length; rest /= BigInt(alphabet.length)) {
    text = alphabet[Number(rest % BigInt(alphabet.length))] + text;
  }
  return text;
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
