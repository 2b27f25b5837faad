import { join } from "node:path";
import type { Design } from "../design.js";
import { startInProcess } from "../in-process.js";
import type { SnowflakeOptions } from "./source.js";

const MODULE: string = new URL("./source.js", import.meta.url).href;

/** Twitter's layout, issued by this project's pool: in one process, or in several that lease their machine IDs. */
export function snowflakeDesign(processes: "one process" | "several processes"): Design {
  const isOne = processes === "one process";
  const name = isOne ? "snowflake" : "snowflake-leases";
  return {
    name,
    title: isOne ? "Snowflake, one process" : "Snowflake, leases",
    indexedAs: "snowflake-leases",
    start({ stage, servers, layout }) {
      const options: SnowflakeOptions = { stateDirectory: join(stage.directory, name), layout };
      return startInProcess({
        stage,
        servers: isOne ? 1 : servers,
        source: { module: MODULE, export: "openSnowflakeSource", options },
        what: { add: "start a process, which leases a machine ID", remove: "end a process, which gives it back" },
        always: "machine IDs are leased: none is held twice, whatever is done",
      });
    },
  };
}
