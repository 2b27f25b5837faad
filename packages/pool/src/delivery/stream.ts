import { createChange } from "./change.js";
import type { Receive } from "./delivery.js";

/**
 * Turns a delivery that pushes into an iterator that is pulled. One chunk is held ready; the delivery waits until it
 * was taken. Chunks belong to the reader: their memory is never used again.
 */
export async function* chunksOf(
  start: (receive: Receive, signal: AbortSignal) => Promise<unknown>,
  signal: AbortSignal | undefined,
): AsyncGenerator<BigUint64Array, void, undefined> {
  const left = new AbortController();
  const changed = createChange();
  const taken = createChange();
  let ready: BigUint64Array | undefined;
  let end: { readonly error?: unknown } | undefined;
  const receive: Receive = async (slices) => {
    ready = joined(slices);
    changed.announce();
    await taken.wait();
  };
  const stop = signal === undefined ? left.signal : AbortSignal.any([left.signal, signal]);
  const running = start(receive, stop).then(
    () => {
      end = {};
      changed.announce();
    },
    (error: unknown) => {
      end = { error };
      changed.announce();
    },
  );
  try {
    for (;;) {
      if (ready !== undefined) {
        const chunk = ready;
        ready = undefined;
        yield chunk;
        taken.announce();
        continue;
      }
      if (end !== undefined) {
        if ("error" in end) throw end.error;
        return;
      }
      await changed.wait();
    }
  } finally {
    left.abort();
    taken.announce();
    await running;
  }
}

function joined(slices: readonly Uint8Array[]): BigUint64Array {
  const bytes = new Uint8Array(slices.reduce((sum, slice) => sum + slice.byteLength, 0));
  let end = 0;
  for (const slice of slices) {
    bytes.set(slice, end);
    end += slice.byteLength;
  }
  return new BigUint64Array(bytes.buffer);
}
