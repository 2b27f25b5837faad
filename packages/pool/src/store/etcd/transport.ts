import * as http from "node:http";
import * as https from "node:https";
import { text } from "node:stream/consumers";
import { TLSSocket } from "node:tls";
import type { TlsContent } from "./address.js";
import { transportError } from "./etcd-error.js";

/** What a member answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Wall clock of the member, Unix milliseconds, whole seconds; NaN where it told none. */
  readonly dateMs: number;
}

/** Connections to the members, kept between calls. Node's own client: its `fetch` takes no certificates. */
export class Transport {
  private readonly plain: http.Agent = new http.Agent({ keepAlive: true });
  private readonly secure: https.Agent;
  private readonly timeoutMs: number;

  /** @param timeoutMs how long a member may take to answer, milliseconds */
  constructor(tlsContent: TlsContent, timeoutMs: number) {
    this.secure = new https.Agent({ keepAlive: true, ...tlsContent });
    this.timeoutMs = timeoutMs;
  }

  /** @throws EtcdUnreached if the request was not sent, for certain; another Error if it may have been done */
  async post(url: string, body: string, headers: http.OutgoingHttpHeaders): Promise<Answer> {
    const request = this.request(url, { "content-length": Buffer.byteLength(body), ...headers });
    let connection: "none" | "made" = "none";
    request.on("socket", (socket) => {
      const make = (): void => {
        connection = "made";
      };
      if (socket.connecting) socket.once(socket instanceof TLSSocket ? "secureConnect" : "connect", make);
      else make();
    });
    try {
      const response = await answerTo(request, body);
      const { statusCode: status = 0 } = response;
      return { status, text: await text(response), dateMs: Date.parse(response.headers.date ?? "") };
    } catch (error) {
      throw transportError(error, connection);
    }
  }

  /** Ends calls that are under way. */
  close(): void {
    this.plain.destroy();
    this.secure.destroy();
  }

  private request(url: string, headers: http.OutgoingHttpHeaders): http.ClientRequest {
    const options = { method: "POST", headers, signal: AbortSignal.timeout(this.timeoutMs) };
    return url.startsWith("https:")
      ? https.request(url, { ...options, agent: this.secure })
      : http.request(url, { ...options, agent: this.plain });
  }
}

function answerTo(request: http.ClientRequest, body: string): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on("response", resolve).on("error", reject).end(body);
  });
}
