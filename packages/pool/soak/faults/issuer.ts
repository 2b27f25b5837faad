import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { BUILT } from "../../test/store/child.js";

/** How an issuer issues. */
export interface IssuerOptions {
  /** As `--store` names it. */
  readonly store: string;
  readonly windowMs: number;
  readonly waitMs: number;
  /** IDs in one request. */
  readonly batch: number;
  /** Milliseconds between requests. */
  readonly pauseMs: number;
  /** Where every acknowledged ID goes, in the order in which they came. */
  readonly file: string;
}

/**
 * Asks a pool for batches without end. IDs are in the file before the batch is told of, so that whatever a kill cuts off
 * was never acknowledged to anybody.
 */
const PROGRAM = `
  import { openSync, writeSync } from "node:fs";
  import { createPool, parseStore } from "${BUILT.pool}index.js";
  const { store, windowMs, waitMs, batch, pauseMs, file } = JSON.parse(process.argv[1]);
  const out = openSync(file, "a");
  const say = (message) => writeSync(1, JSON.stringify(message) + "\\n");
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const started = async () => {
    for (;;) {
      try {
        return await createPool({ store: parseStore(store), shards: 1, windowMs, waitMs });
      } catch (error) {
        say({ kind: "refused", code: error.code ?? String(error), retryAfterMs: error.retryAfterMs ?? null, atMs: Date.now() });
        await pause(50);
      }
    }
  };
  const pool = await started();
  process.once("SIGTERM", async () => { await pool.close(); process.exit(0); });
  for (;;) {
    try {
      const ids = await pool.generate(batch);
      writeSync(out, new Uint8Array(ids.buffer));
      say({ kind: "issued", count: ids.length, atMs: Date.now() });
    } catch (error) {
      say({ kind: "refused", code: error.code ?? String(error), retryAfterMs: error.retryAfterMs ?? null, atMs: Date.now() });
    }
    await pause(pauseMs);
  }
`;

/** What an issuer was refused with. */
export interface Refusal {
  readonly code: string;
  readonly retryAfterMs: number | null;
  readonly atMs: number;
}

/** A process that issues. */
export class Issuer {
  readonly refusals: Refusal[] = [];
  /** IDs acknowledged so far. */
  issued = 0;
  /** The longest time between two batches since the last {@link mark}, milliseconds. */
  longestGapMs = 0;
  private lastMs = Date.now();
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  private complaint = "";

  constructor(options: IssuerOptions) {
    this.child = spawn(process.execPath, ["--input-type=module", "--eval", PROGRAM, JSON.stringify(options)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.complaint += text;
    });
    createInterface({ input: this.child.stdout! }).on("line", (line) => this.hear(JSON.parse(line)));
    this.ended = new Promise((resolve) => this.child.once("close", () => resolve()));
  }

  /** Begins a new stretch of time for the longest gap. */
  mark(): void {
    this.longestGapMs = 0;
  }

  /** Resolves when so many more IDs have been acknowledged. */
  async progress(count: number, withinMs = 60_000): Promise<void> {
    const wanted = this.issued + count;
    const deadline = performance.now() + withinMs;
    while (this.issued < wanted) {
      if (performance.now() > deadline || this.child.exitCode !== null) {
        const refused = JSON.stringify(this.refusals.slice(-3));
        throw new Error(
          `Expected ${count} more IDs, got ${count - (wanted - this.issued)}: ${refused} ${this.complaint}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async stop(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal);
    await this.ended;
  }

  private hear(message: { kind: "refused" | "issued"; count: number } & Refusal): void {
    if (message.kind === "refused") {
      const { code, retryAfterMs, atMs } = message;
      this.refusals.push({ code, retryAfterMs, atMs });
      return;
    }
    this.issued += message.count;
    this.longestGapMs = Math.max(this.longestGapMs, message.atMs - this.lastMs);
    this.lastMs = message.atMs;
  }
}
