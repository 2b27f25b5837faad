/**
 * One run of a program that issues IDs: takes its options as JSON, prints what came of it as JSON, and ends as told:
 * with its pool closed, or killed in the middle of its window.
 */
import { createPool, embeddedStore } from "@shardflake/pool";

const { directory, count, offsetMs, end, ...options } = JSON.parse(process.argv[2]);
const clock = {
  module: new URL("./shifted-clock.mjs", import.meta.url).href,
  export: "shiftedClock",
  options: { offsetMs },
};

try {
  const pool = await createPool({ ...options, clock, store: embeddedStore(directory) });
  const ids = await pool.generate(count);
  await print({ kind: "issued", ids: Array.from(ids, String), leases: pool.leases, clockMs: Date.now() + offsetMs });
  if (end === "kill") process.kill(process.pid, "SIGKILL");
  await pool.close();
} catch ({ code, message, retryAfterMs }) {
  await print({ kind: "failed", code, message, retryAfterMs });
}

function print(outcome) {
  // A killed process writes nothing more: the callback says that the pipe has it all.
  return new Promise((resolve) => process.stdout.write(`${JSON.stringify(outcome)}\n`, resolve));
}
