import { createRequire, register } from "node:module";

/** Loads a module and all that it imports or requires anew. */
export type ImportFresh = (href: string, life: number) => Promise<Readonly<Record<string, unknown>>>;

/** Prepares the thread: from now on, modules that are loaded by what is returned share nothing between lives. */
export function createImportFresh(): ImportFresh {
  register(new URL("./fresh-modules.js", import.meta.url));
  const { cache } = createRequire(import.meta.url);
  return (href, life) => {
    for (const name of Object.keys(cache)) delete cache[name];
    return import(`${href}?life=${life}`);
  };
}
