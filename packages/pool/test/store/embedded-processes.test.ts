import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processesOn } from "./processes.js";

const claimAfterKill = process.platform === "linux" ? "ends" : "stands";

processesOn("embedded", { rounds: 200, claimAfterKill }, async () => {
  const directory = mkdtempSync(join(tmpdir(), "shardflake-processes-"));
  return { store: `embedded:${directory}`, remove: async () => rmSync(directory, { recursive: true }) };
});
