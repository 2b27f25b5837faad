import type { Keeper } from "./keeper.js";
import type { AcquireRequest, Lease } from "./lease.js";

/**
 * Acquires machine IDs for somebody who may give up: nobody is kept for the rest of a wait that nobody wants any more.
 * Machine IDs that come after that are given back.
 *
 * @throws the signal's reason when it was aborted; otherwise as {@link Keeper.acquire}
 */
export async function acquireUntil(signal: AbortSignal, keeper: Keeper, request: AcquireRequest): Promise<Lease[]> {
  signal.throwIfAborted();
  const acquired = keeper.acquire(request);
  let giveUp = (): void => {};
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason);
    signal.addEventListener("abort", giveUp, { once: true });
  });
  try {
    return await Promise.race([acquired, givenUp]);
  } catch (error) {
    // What failed has nothing to give back, and a keeper that was closed has done it.
    acquired.then((leases) => keeper.release(leases)).catch(() => {});
    throw error;
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}
