import { setTimeout as sleep } from "node:timers/promises";

/** V8 compiles what a thread has just been busy with within a few milliseconds, each in the background. */
const SETTLE_MS = 15;

/**
 * Leaves a thread alone for a moment before it is ended. Node 20 aborts the whole process (`NodePlatform::ForIsolate`) when
 * a thread ends while V8 still compiles for it: one in sixty commands that failed on a full disk, on a busy machine.
 */
export async function settle(): Promise<void> {
  await sleep(SETTLE_MS);
}
