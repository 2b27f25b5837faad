/** The role of a process in which IDs are used: clients that draw from a design's source. */
import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import { messageOf } from "../process/message-of.js";
import type { Role, RoleContext } from "../process/role.js";
import type { Client, OpenSource, Source } from "../source/source.js";
import type { AgentOptions, LoadEnd, LoadSpec, ToAgent } from "./load-messages.js";
import { createRecorder, type Recorder } from "./recorder.js";

/** What was received is sent on so often, where it must survive. */
const SEND_MS = 5;
/** Clients that never wait let the process hear from the command after so long. */
const TURN_MS = 5;

export async function openAgent({ source: spec }: AgentOptions, context: RoleContext): Promise<Role> {
  const opener = ((await import(spec.module)) as Record<string, OpenSource>)[spec.export]!;
  const source = await opener(spec.options as never, context);
  let stopped = new AbortController();
  return {
    answer: undefined,
    clockMs: async () => Date.now(),
    close: () => source.close(),
    async handle(request) {
      const message = request as ToAgent;
      switch (message.kind) {
        case "tell":
          return source.tell(message.news);
        case "round-trips":
          return source.roundTrips();
        case "stop":
          return stopped.abort();
        case "load":
          stopped = new AbortController();
          return runLoad(source, message.load, { emit: context.emit, signal: stopped.signal });
      }
    },
  };
}

interface LoadContext {
  readonly signal: AbortSignal;
  emit(event: unknown): void;
}

async function runLoad(source: Source, load: LoadSpec, { emit, signal }: LoadContext): Promise<LoadEnd> {
  const recorder = createRecorder(load.batch);
  const tally: Tally = { failures: 0, failure: null };
  const before = await source.roundTrips();
  const startMs = performance.now();
  const sending = load.delivery === "at-end" ? undefined : setInterval(() => emit(recorder.take()), SEND_MS);
  try {
    await Promise.all(
      load.seats.map((seat, index) =>
        runClient(source.connect(seat), { index, load, startMs, recorder, tally, signal }),
      ),
    );
  } finally {
    clearInterval(sending);
  }
  const seconds = (performance.now() - startMs) / 1000;
  const roundTrips = (await source.roundTrips()) - before;
  emit(recorder.take());
  return { seconds, ...tally, roundTrips };
}

interface Tally {
  failures: number;
  failure: string | null;
}

interface ClientRun {
  readonly index: number;
  readonly load: LoadSpec;
  readonly startMs: number;
  readonly recorder: Recorder;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

async function runClient(client: Client, run: ClientRun): Promise<void> {
  const { index, load, startMs, recorder, tally, signal } = run;
  const { batch, pauseMs, forMs, mostRequests } = load;
  const endMs = startMs + forMs;
  let turnMs = startMs;
  while (!signal.aborted && recorder.requests < mostRequests) {
    const requestedMs = performance.now();
    if (requestedMs >= endMs) return;
    try {
      if (batch === 1) {
        const got = client.next();
        const id = typeof got === "object" ? await got : got;
        recorder.add(index, client.server, requestedMs, performance.now());
        recorder.addId(id);
      } else {
        const ids = await client.take(batch);
        recorder.add(index, client.server, requestedMs, performance.now());
        recorder.addIds(ids);
      }
    } catch (error) {
      tally.failures++;
      tally.failure ??= messageOf(error);
      await sleep(1);
    }
    if (pauseMs > 0) await sleep(pauseMs);
    else if (requestedMs - turnMs > TURN_MS) {
      await turn();
      turnMs = performance.now();
    }
  }
}
