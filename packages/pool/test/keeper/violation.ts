/** What a world found broken. */
export class Violation extends Error {}

export function must(condition: boolean, what: string): void {
  if (!condition) throw new Violation(what);
}
