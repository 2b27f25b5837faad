import { parseDecimalLine } from "./decimal-line.js";
import type { ParseIdLine } from "./id-line.js";

const PREFIX = Buffer.from('{"id":"');
const SUFFIX = Buffer.from('"}');

/** A JSON object whose `id` is a decimal string. The exact form `{"id":"…"}` is read straight from the bytes. */
export const parseNdjsonLine: ParseIdLine = (bytes, start, end, halves, at) => {
  const from = start + PREFIX.length;
  const to = end - SUFFIX.length;
  if (to > from && hasBytes(bytes, start, PREFIX) && hasBytes(bytes, to, SUFFIX)) {
    if (parseDecimalLine(bytes, from, to, halves, at)) return true;
  }
  const id = idOf(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString());
  return id !== undefined && parseDecimalLine(id, 0, id.length, halves, at);
};

/** The text of `id`, as bytes. A number is refused: its last digits are lost in most readers of JSON. */
function idOf(line: string): Uint8Array | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null || !("id" in value)) return undefined;
    return typeof value.id === "string" ? Buffer.from(value.id) : undefined;
  } catch {
    return undefined;
  }
}

function hasBytes(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let index = 0; index < expected.length; index++) {
    if (bytes[at + index] !== expected[index]) return false;
  }
  return true;
}
