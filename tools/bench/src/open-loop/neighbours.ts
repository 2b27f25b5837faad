import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Bench } from "../command.js";

/** What neighbours do all the time. */
export type Neighbours = "compute" | "copy memory" | "write a megabyte and flush it";

/** As a script, which begins once it has said so. */
const WORK: Readonly<Record<Neighbours, string>> = {
  compute: "for (;;);",
  "copy memory": "const bytes = new Uint8Array(2 ** 27).fill(1); for (;;) bytes.copyWithin(0, 2 ** 26);",
  "write a megabyte and flush it":
    'const { openSync, writeSync, fsyncSync } = require("fs"); const block = new Uint8Array(2 ** 20);' +
    'const file = openSync("neighbour" + process.pid, "w"); for (;;) { writeSync(file, block, 0, block.length, 0); fsyncSync(file); }',
};

/** Measures beside as many processes of a kind as there are cores; files lie where the stores of benches do. */
export async function beside<Result>(kind: Neighbours, measure: () => Result): Promise<Result> {
  const bench = new Bench();
  const neighbours = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ["-e", `process.stdout.write("x"); ${WORK[kind]}`], {
      cwd: bench.directory,
      stdio: ["ignore", "pipe", "inherit"],
    }),
  );
  const ended = neighbours.map((neighbour) => once(neighbour, "exit"));
  try {
    await Promise.all(neighbours.map(({ stdout }) => once(stdout, "data")));
    return measure();
  } finally {
    for (const neighbour of neighbours) neighbour.kill("SIGKILL");
    await Promise.all(ended);
    bench.close();
  }
}
