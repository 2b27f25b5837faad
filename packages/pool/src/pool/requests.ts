import { setMaxListeners } from "node:events";

/** The requests of a pool that are on their way: closing the pool ends them, and waits for their end. */
export class Requests {
  private readonly ending = new AbortController();
  private readonly running = new Set<Promise<unknown>>();

  constructor() {
    // Every request listens, and they may be many: Node would take more than ten for a leak, and warn.
    setMaxListeners(0, this.ending.signal);
  }

  /** Aborted when the pool ends. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Runs a request with a signal that the pool's end aborts, and the caller's own signal does, if there is one. */
  run<Result>(request: (signal: AbortSignal) => Promise<Result>, own: AbortSignal | undefined): Promise<Result> {
    const { signal } = this;
    const running = request(own === undefined ? signal : AbortSignal.any([signal, own]));
    const settled = running.then(
      () => {},
      () => {},
    );
    this.running.add(settled);
    void settled.then(() => this.running.delete(settled));
    return running;
  }

  async end(reason: unknown): Promise<void> {
    this.ending.abort(reason);
    await Promise.allSettled(this.running);
  }
}
