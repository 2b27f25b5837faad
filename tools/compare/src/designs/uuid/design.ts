import type { Design } from "../design.js";
import { startInProcess } from "../in-process.js";
import type { UuidOptions } from "./source.js";

const MODULE: string = new URL("./source.js", import.meta.url).href;

/** 128-bit identifiers that each process makes for itself (RFC 9562). */
export function uuidDesign(version: UuidOptions["version"]): Design {
  const name = version === 4 ? "uuid-v4" : "uuid-v7";
  const options: UuidOptions = { version };
  return {
    name,
    title: `UUID v${version}`,
    indexedAs: name,
    start: ({ stage, servers }) =>
      startInProcess({
        stage,
        servers,
        source: { module: MODULE, export: "openUuidSource", options },
        what: { add: "start a process", remove: "end a process" },
        always: "processes share nothing that could be done wrong",
      }),
  };
}
