import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";

/** A server as its clients know it. */
export interface Address {
  readonly server: number;
  readonly url: string;
}

/** Clients that ask their own server first, and the others when it does not answer. */
export interface FailOver {
  readonly requests: number;
  /** The servers from now on. */
  setServers(servers: readonly Address[]): void;
  /**
   * Sends a request until a server answers. Seats are dealt out over the servers; each asks its own first, then the others.
   * @throws Error when the server answered that it could not, or after `close()`
   */
  ask(seat: number, request: AskRequest): Promise<Answer>;
  close(): Promise<void>;
}

export interface AskRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body: string | null;
}

export interface Answer {
  readonly server: number;
  readonly text: string;
}

/** A server that did not answer is not asked for so long, while others are there. */
const PASS_OVER_MS = 100;
/** A server that says nothing for so long does not answer. */
const TIMEOUT_MS = 2000;
/** Where none answers, they are asked again after so long. */
const AGAIN_MS = 5;

interface Peer extends Address {
  readonly pool: Pool;
  downUntilMs: number;
}

export function createFailOver(servers: readonly Address[]): FailOver {
  let peers: Peer[] = servers.map(peerOf);
  let requests = 0;
  let isClosed = false;

  async function askOne(peer: Peer, { method, path, body }: AskRequest): Promise<Answer | undefined> {
    requests++;
    try {
      const { statusCode, body: answer } = await peer.pool.request({ method, path, body });
      const text = await answer.text();
      if (statusCode === 200) return { server: peer.server, text };
      throw new Refusal(text);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      peer.downUntilMs = performance.now() + PASS_OVER_MS;
      return undefined;
    }
  }

  return {
    get requests() {
      return requests;
    },
    setServers(next) {
      const before = peers;
      peers = next.map((address) => before.find(({ url }) => url === address.url) ?? peerOf(address));
      for (const peer of before) if (!peers.includes(peer)) void peer.pool.close().catch(() => {});
    },
    async ask(seat, request) {
      while (!isClosed) {
        const turn = peers.map((_, i) => peers[(seat + i) % peers.length]!);
        const up = turn.filter(({ downUntilMs }) => downUntilMs <= performance.now());
        for (const peer of up.length === 0 ? turn : up) {
          const answer = await askOne(peer, request);
          if (answer !== undefined) return answer;
        }
        await sleep(AGAIN_MS);
      }
      throw new Error("closed");
    },
    async close() {
      isClosed = true;
      await Promise.all(peers.map(({ pool }) => pool.destroy()));
    },
  };
}

/** The server answered, with an error: no other one is asked. */
class Refusal extends Error {}

function peerOf(address: Address): Peer {
  const pool = new Pool(address.url, {
    connections: 16,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    connect: { timeout: TIMEOUT_MS },
  });
  return { ...address, pool, downUntilMs: 0 };
}
