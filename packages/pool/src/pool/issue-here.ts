import { checkChoice, checkFiniteCount, checkNames, checkReceive } from "../check-arguments.js";
import type { Delivered, Receive } from "../delivery/delivery.js";
import { SPENDABLE_MS } from "../delivery/spendable.js";
import { encoderFor } from "../encode/encoder.js";
import { FORMATS, type Format } from "../encode/format.js";
import { startLocalKeeper } from "../keeper/local-keeper.js";
import { RUN_FIELDS } from "../shard/messages.js";
import { createShardHost } from "../shard/shard-host.js";
import { dealtShares } from "../shard/shares.js";
import { liveRequest } from "./live-request.js";
import { checkIsCurrent, type PoolOptions, poolSettings } from "./pool-options.js";

/** What {@link issueHere} takes beside the options of a pool. */
export interface IssueOptions {
  readonly count: number;
  readonly format: Format;
}

/** IDs a chunk holds at most. */
const CHUNK_IDS = 2 ** 13;

/**
 * Issues a few IDs in this thread, with one machine ID that is given back at once: no thread, no pool. Windows are not
 * renewed while this thread is busy, so it is for work that is done within one.
 *
 * @throws as `createPool` and `Pool.write` do
 */
export async function issueHere(
  receive: Receive,
  issueOptions: IssueOptions,
  options: PoolOptions,
): Promise<Delivered> {
  checkReceive(receive);
  checkNames(issueOptions, ["count", "format"]);
  const { count, format } = issueOptions;
  checkFiniteCount(count);
  checkChoice("format", format, FORMATS);
  const settings = poolSettings(options);
  const { layout, layoutOptions, namespace, store, windowMs, maxLeadMs, waitMs, clock, sequenceStart } = settings;
  const { signal, onWarning } = settings;
  await checkIsCurrent(settings);
  const keeper = await startLocalKeeper({ store, layout, namespace, windowMs, maxLeadMs, clock, onWarning });
  const stopWaiting = (): void => void keeper.close().catch(() => {});
  signal?.addEventListener("abort", stopWaiting, { once: true });
  try {
    signal?.throwIfAborted();
    const leases = await keeper.acquire(liveRequest(settings, 1));
    const host = createShardHost({ shard: 0, layout: layoutOptions, leases, clock, sequenceStart, maxWaitMs: waitMs });
    const cancelled = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const buffer = new SharedArrayBuffer(Math.min(Math.max(count, 1), CHUNK_IDS) * encoderFor(format).maxRecordBytes);
    const shares = dealtShares([count]);
    const spendableMs = SPENDABLE_MS.batch;
    await host.run({ kind: "open", request: 0, shares, place: 0, format, spendableMs, buffers: [buffer], cancelled });
    let [left, first, last] = [count, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    while (left > 0) {
      signal?.throwIfAborted();
      const chunk = await host.run({ kind: "pull", request: 0, buffer: 0 });
      if (chunk.kind !== "chunk" || chunk.count === 0) continue;
      await receive([new Uint8Array(buffer, 0, chunk.bytes)], chunk.count);
      left -= chunk.count;
      first = Math.min(first, chunk.runs[0]!);
      last = chunk.runs.at(-RUN_FIELDS)!;
    }
    return { count, ticks: count === 0 ? null : { first, last } };
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener("abort", stopWaiting);
    await keeper.close();
  }
}
