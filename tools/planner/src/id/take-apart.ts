import {
  type DecomposedId,
  decompose,
  type Layout,
  ParseError,
  parseBase32,
  parseBase62,
  parseDecimal,
  ShardflakeError,
} from "@shardflake/core";

/** An ID that was pasted, as this layout reads it. */
export type TakenApart =
  | { readonly kind: "none" }
  | { readonly kind: "id"; readonly id: bigint; readonly form: string; readonly sections: DecomposedId }
  | { readonly kind: "wrong"; readonly message: string };

const FORMS: readonly (readonly [string, (text: string) => bigint])[] = [
  ["decimal", parseDecimal],
  ["base32", parseBase32],
  ["base62", parseBase62],
];

/** Reads an ID in whichever of its text forms fits: decimal, base32 of 13 characters, base62 of 11. */
export function takeApart(layout: Layout, pasted: string): TakenApart {
  const text = pasted.trim();
  if (text === "") return { kind: "none" };
  for (const [form, parse] of FORMS) {
    const id = tryParse(parse, text);
    if (id === undefined) continue;
    try {
      return { kind: "id", id, form, sections: decompose(layout, id) };
    } catch (error) {
      if (error instanceof ShardflakeError) return { kind: "wrong", message: error.message };
      throw error;
    }
  }
  const shown = text.length > 30 ? `${text.slice(0, 30)}…` : text;
  return {
    kind: "wrong",
    message: `Expected an ID in decimal, base32 (13 characters) or base62 (11), such as 1541815603606036480, got “${shown}”.`,
  };
}

function tryParse(parse: (text: string) => bigint, text: string): bigint | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
