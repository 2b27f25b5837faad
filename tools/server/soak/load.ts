import autocannon, { type Instance, type Result } from "autocannon";

/** What one client got, in the order of arrival. */
export interface Answer {
  /** Monotonic time of arrival, milliseconds. */
  readonly atMs: number;
  readonly ids: readonly bigint[];
}

/** Load on one server, and all that it acknowledged. */
export interface Load {
  readonly url: string;
  readonly answers: readonly Answer[];
  /** Refusals by code. */
  readonly refused: ReadonlyMap<string, number>;
  /** The longest time without an answer of IDs in an interval, in milliseconds. */
  outageMs(fromMs: number, toMs: number): number;
  stop(): Promise<void>;
}

/** IDs of one request. */
const COUNT = 50;
const CONNECTIONS = 1;
/** A server that does not answer for so long has lost the request. */
const TIMEOUT_S = 2;

/** Asks one server for IDs without pause, until it is stopped. Whatever arrives whole is acknowledged. */
export function startLoad(url: string): Load {
  const answers: Answer[] = [];
  const refused = new Map<string, number>();
  const onResponse = (status: number, body: string): void => {
    if (status === 200) {
      answers.push({ atMs: performance.now(), ids: body.trim().split("\n").map(BigInt) });
      return;
    }
    const code = codeOf(body) ?? `status ${status}`;
    refused.set(code, (refused.get(code) ?? 0) + 1);
  };
  // It is both; its types know one of them at a time.
  const running = autocannon({
    url,
    connections: CONNECTIONS,
    timeout: TIMEOUT_S,
    duration: 24 * 3600,
    requests: [{ path: `/v1/ids?count=${COUNT}&format=text`, onResponse }],
  }) as Promise<Result> & Instance;
  const ended = new Promise<void>((resolve, reject) => {
    running.then(() => resolve(), reject);
  });
  return {
    url,
    answers,
    refused,
    outageMs(fromMs, toMs) {
      const times = [fromMs, ...answers.map(({ atMs }) => atMs).filter((ms) => ms > fromMs && ms < toMs), toMs];
      return times.reduce((longest, ms, i) => Math.max(longest, i === 0 ? 0 : ms - times[i - 1]!), 0);
    },
    async stop() {
      running.stop();
      await ended;
    },
  };
}

function codeOf(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { code?: string }).code;
  } catch {
    return undefined;
  }
}
