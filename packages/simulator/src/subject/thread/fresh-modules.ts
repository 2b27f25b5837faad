/**
 * A module resolution hook: what a module imports belongs to the same life as the module itself, so that every process of
 * a subject loads its packages anew and shares no module's state with another. Runs in a thread of Node's own.
 */
export async function resolve(
  specifier: string,
  context: { readonly parentURL?: string },
  nextResolve: (specifier: string, context: object) => Promise<{ readonly url: string }>,
): Promise<{ readonly url: string }> {
  const resolved = await nextResolve(specifier, context);
  const life = /[?&](life=\d+)$/.exec(context.parentURL ?? "")?.[1];
  if (life === undefined || !resolved.url.startsWith("file:")) return resolved;
  return { ...resolved, url: `${resolved.url}${resolved.url.includes("?") ? "&" : "?"}${life}` };
}
