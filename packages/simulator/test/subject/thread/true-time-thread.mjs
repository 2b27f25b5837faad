/** Runs a subject's lives with clocks that tell true time and one request a millisecond, and passes on what comes out. */
import { parentPort, workerData } from "node:worker_threads";
import { runLives } from "../../../dist/subject/thread/run-lives.js";

const { startMs, durationMs } = workerData.scenario;

const world = () => {
  let atMs = 1;
  return {
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
};

await runLives(workerData, world, (message) => parentPort.postMessage(message));
