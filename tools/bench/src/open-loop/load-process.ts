/** One contestant under one load, alone in its process: prints how late its calls were. */
import { readFileSync } from "node:fs";
import { createPool, embeddedStore } from "@shardflake/pool";
import { Bench } from "../command.js";
import { runOpenLoop } from "./load.js";
import type { LoadAnswer, LoadQuestion } from "./question.js";

const { call, ...load } = JSON.parse(process.argv[2]!) as LoadQuestion;
const bench = new Bench();
const pool = call === "next" ? await createPool({ shards: 0, store: embeddedStore(bench.directory) }) : undefined;
const generator = await pool?.claim();
const run = generator === undefined ? () => Date.now() : () => generator.next();
let beforeMs = 0;
const lateness = runOpenLoop(run, load, () => {
  beforeMs = waitedMs();
});
const answer: LoadAnswer = { ...lateness, waitedMs: waitedMs() - beforeMs };
await pool?.close();
bench.close();
process.stdout.write(JSON.stringify(answer));

/** How long this thread has waited for a core since it began (proc(5), schedstat). */
function waitedMs(): number {
  try {
    return Number(readFileSync("/proc/thread-self/schedstat", "utf8").split(" ")[1]) / 1e6;
  } catch {
    return Number.NaN;
  }
}
