import { monotonicMs } from "../process/clock-offset.js";
import type { RawId } from "../source/source.js";
import { encodeIds } from "./encode-ids.js";
import type { Samples } from "./load-messages.js";

/** Remembers what clients of this process received. Times are those of `performance.now()`. */
export interface Recorder {
  readonly requests: number;
  add(client: number, server: number, requestedMs: number, completedMs: number): void;
  addId(id: RawId): void;
  addIds(ids: readonly RawId[] | BigUint64Array): void;
  /** What was added since the last call. */
  take(): Samples;
}

export function createRecorder(batch: number): Recorder {
  let [clients, servers, requested, completed, ids]: [number[], number[], number[], number[], RawId[]] = fresh();
  let requests = 0;
  return {
    get requests() {
      return requests;
    },
    add(client, server, requestedMs, completedMs) {
      requests++;
      clients.push(client);
      servers.push(server);
      requested.push(requestedMs);
      completed.push(completedMs);
    },
    addId: (id) => void ids.push(id),
    addIds(more) {
      for (const id of more) ids.push(id);
    },
    take() {
      const sinceBootMs = monotonicMs() - performance.now();
      const samples: Samples = {
        client: Uint16Array.from(clients),
        server: Uint16Array.from(servers),
        requestedMs: Float64Array.from(requested, (ms) => ms + sinceBootMs),
        completedMs: Float64Array.from(completed, (ms) => ms + sinceBootMs),
        batch,
        ids: encodeIds(ids),
      };
      [clients, servers, requested, completed, ids] = fresh();
      return samples;
    },
  };
}

function fresh(): [number[], number[], number[], number[], RawId[]] {
  return [[], [], [], [], []];
}
