import type { Ids, Samples } from "./load-messages.js";

/** Everything the clients of one or more loads received, in the order in which it was completed. */
export interface Received {
  /** Requests that were answered. */
  readonly requests: number;
  /** IDs of each request. */
  readonly batch: number;
  /** Per request: which client seat, who issued, and when on the host's monotonic clock, in milliseconds. */
  readonly client: Uint16Array;
  readonly server: Uint16Array;
  readonly requestedMs: Float64Array;
  readonly completedMs: Float64Array;
  readonly ids: Ids;
}

/** Words of one ID. */
export function wordsPerId(form: Ids["form"]): 1 | 2 {
  return form === "uuid" ? 2 : 1;
}

export function idCount({ requests, batch }: Received): number {
  return requests * batch;
}

/** Merges what several processes sent; what each of them sent is in order already. */
export function mergeSamples(processes: readonly (readonly Samples[])[]): Received {
  const filled = processes
    .map((parts) => parts.filter(({ client }) => client.length > 0))
    .filter((all) => all.length > 0);
  const { batch, ids } = filled[0]?.[0] ?? { batch: 1, ids: { form: "number", words: new BigUint64Array() } as Ids };
  const requests = filled.flat().reduce((sum, { client }) => sum + client.length, 0);
  const wordsPerRequest = batch * wordsPerId(ids.form);
  const merged = {
    client: new Uint16Array(requests),
    server: new Uint16Array(requests),
    requestedMs: new Float64Array(requests),
    completedMs: new Float64Array(requests),
    words: new BigUint64Array(requests * wordsPerRequest),
  };
  const heads = filled.map((parts) => ({ parts, part: 0, at: 0 }));
  for (let to = 0; to < requests; to++) {
    const head = earliest(heads);
    const from = head.parts[head.part]!;
    const { at } = head;
    merged.client[to] = from.client[at]!;
    merged.server[to] = from.server[at]!;
    merged.requestedMs[to] = from.requestedMs[at]!;
    merged.completedMs[to] = from.completedMs[at]!;
    for (let word = 0; word < wordsPerRequest; word++) {
      merged.words[to * wordsPerRequest + word] = from.ids.words[at * wordsPerRequest + word]!;
    }
    head.at++;
    if (head.at === from.client.length) {
      head.at = 0;
      head.part++;
    }
  }
  const { words, ...columns } = merged;
  return { requests, batch, ...columns, ids: { form: ids.form, words } };
}

interface Head {
  readonly parts: readonly Samples[];
  part: number;
  at: number;
}

function earliest(heads: readonly Head[]): Head {
  let first: Head | undefined;
  let firstMs = Number.POSITIVE_INFINITY;
  for (const head of heads) {
    const completedMs = head.parts[head.part]?.completedMs[head.at];
    if (completedMs !== undefined && completedMs < firstMs) [first, firstMs] = [head, completedMs];
  }
  return first!;
}
