import type { IdFormat } from "../../src/audit/index.js";

/** Writes IDs of up to 64 bits in a format, the slow and obvious way. */
export function encodeIds(format: IdFormat, ids: readonly bigint[]): Uint8Array {
  switch (format) {
    case "u64le":
    case "u64be": {
      const bytes = Buffer.alloc(ids.length * 8);
      for (const [index, id] of ids.entries()) {
        if (format === "u64le") bytes.writeBigUInt64LE(id, index * 8);
        else bytes.writeBigUInt64BE(id, index * 8);
      }
      return bytes;
    }
    case "text":
      return lines(ids.map(String));
    case "csv":
      return lines(["id", ...ids.map(String)]);
    case "ndjson":
      return lines(ids.map((id) => JSON.stringify({ id: String(id) })));
    case "base32":
      return lines(ids.map((id) => digits(id, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 13)));
    case "base62":
      return lines(ids.map((id) => digits(id, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 11)));
  }
}

function lines(texts: readonly string[]): Uint8Array {
  return Buffer.from(texts.map((text) => `${text}\n`).join(""));
}

function digits(id: bigint, alphabet: string, width: number): string {
  let text = "";
  for (let rest = id; text.length < width; rest /= BigInt(alphabet.length)) {
    text = alphabet.charAt(Number(rest % BigInt(alphabet.length))) + text;
  }
  return text;
}
