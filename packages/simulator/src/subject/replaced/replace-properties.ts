/** Puts values in place of an object's properties, be they plain or accessors. */
export function replaceProperties(target: object, replacements: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(replacements)) {
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  }
}
