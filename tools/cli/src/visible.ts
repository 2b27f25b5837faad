/** What a terminal would obey or not show: control characters, marks of order and direction, spaces without a width. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text for people in which every character is seen; lines stay lines. */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, (char) => (char === "\n" ? char : escaped(char)));
}

function escaped(char: string): string {
  const code = char.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}
