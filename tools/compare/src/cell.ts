/** One cell of the table: measured in this run, or why it could not be. */
export type Cell<Value> =
  | { readonly kind: "measured"; readonly value: Value }
  | { readonly kind: "unmeasured"; readonly why: string };

export function measured<Value>(value: Value): Cell<Value> {
  return { kind: "measured", value };
}

export function unmeasured(why: string): Cell<never> {
  return { kind: "unmeasured", why };
}
