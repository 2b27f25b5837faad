/** Shows how far a long command is, to people only. */
export interface Progress {
  update(done: number): void;
  /** Says beside the bar what is done now. */
  note(text: string): void;
  stop(): void;
}

/** What {@link startProgress} takes. */
export interface ProgressOptions {
  /** What is counted, such as `bytes`. */
  readonly unit: string;
  /** The value at which all is done; undefined when that is not known, and then nothing is shown. */
  readonly total: number | undefined;
  readonly quiet: boolean;
}

const SILENT: Progress = { update: () => {}, note: () => {}, stop: () => {} };

/** A progress bar on stderr if that is a terminal and nobody asked for quiet, otherwise silence. */
export async function startProgress({ unit, total, quiet }: ProgressOptions): Promise<Progress> {
  if (quiet || total === undefined || !process.stderr.isTTY) return SILENT;
  const { default: cliProgress } = await import("cli-progress");
  const bar = new cliProgress.SingleBar({
    format: `${colour("{bar}")} {percentage} % | {value}/{total} ${unit} | {eta_formatted} left{note}`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    // The bar redraws on its own timer; a listener for SIGINT of its own would end the process before clean-up.
    gracefulExit: false,
  });
  bar.start(total, 0, { note: "" });
  let shown = 0;
  return {
    // A repeated value is taken for a standstill, and what is left for infinite.
    update(done) {
      if (done !== shown) bar.update(done);
      shown = done;
    },
    note: (text) => bar.update({ note: ` | ${text}` }),
    stop: () => bar.stop(),
  };
}

/** https://no-color.org: any value but the empty one turns colour off. */
function colour(text: string): string {
  return process.env.NO_COLOR ? text : `\u001b[36m${text}\u001b[0m`;
}
