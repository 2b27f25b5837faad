import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processesOn } from "./processes.js";

processesOn("embedded", process.platform === "linux" ? "ends" : "stands", async () => {
  const directory = mkdtempSync(join(tmpdir(), "shardflake-processes-"));
  return { store: `embedded:${directory}`, remove: async () => rmSync(directory, { recursive: true }) };
});
