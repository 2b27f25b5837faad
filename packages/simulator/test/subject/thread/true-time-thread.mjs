/** Runs a process of a subject with clocks that tell true time and one request a millisecond, and passes on what comes out. */
import { parentPort, workerData } from "node:worker_threads";
import { runProcess } from "../../../dist/subject/thread/run-process.js";

const { startMs, durationMs } = workerData.scenario;

let atMs = 1;

const world = {
  shown: { wallMs: (trueMs) => startMs + trueMs, monotonicMs: (trueMs) => 1000 + trueMs },
  arrivals: {
    get atMs() {
      return atMs < durationMs ? atMs : Number.POSITIVE_INFINITY;
    },
    ids: 1,
    advance: () => atMs++,
  },
  pace: "as-they-arrive",
  newlyShown: () => [],
};

await runProcess(workerData, world, (message) => parentPort.postMessage(message));
