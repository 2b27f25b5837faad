import type { EtcdAddress, TlsContent } from "./address.js";
import { EtcdRefusal, EtcdUnreached, etcdError, isStaleToken, isWorthAnotherMember } from "./etcd-error.js";
import { Transport } from "./transport.js";

/** What a gateway is opened with. */
export interface GatewayOptions extends EtcdAddress {
  readonly tlsContent: TlsContent;
  /** How long one member may take to answer, milliseconds. */
  readonly timeoutMs: number;
  /** Of the cluster, for messages. */
  readonly name: string;
  /** Told the wall clock of the member that answered, Unix milliseconds. */
  readonly onTime: (memberMs: number) => void;
}

/** An HTTP date tells whole seconds, rounded down: the middle of the second is off by half of one at most. */
const HALF_SECOND_MS = 500;

/**
 * Calls the JSON gateway of a cluster's members, one at a time: a member that does not answer loses its turn to the next.
 */
export class Gateway {
  private readonly options: GatewayOptions;
  private readonly transport: Transport;
  /** Index of the member whose turn it is. */
  private turn = 0;
  private token: string | null = null;

  constructor(options: GatewayOptions) {
    this.options = options;
    this.transport = new Transport(options.tlsContent, options.timeoutMs);
  }

  /** A call that may be repeated: every member is asked in turn. */
  async read<Answer>(method: string, body: object): Promise<Answer> {
    return await this.inTurn(method, body, isWorthAnotherMember);
  }

  /** A call that must not be done twice: another member is asked only if the one before was not reached, for certain. */
  async write<Answer>(method: string, body: object): Promise<Answer> {
    return await this.inTurn(method, body, (error) => error instanceof EtcdUnreached);
  }

  /** Ends calls that are under way. */
  close(): void {
    this.transport.close();
  }

  private async inTurn<Answer>(method: string, body: object, isWorth: (error: unknown) => boolean): Promise<Answer> {
    const { endpoints, name } = this.options;
    for (let asked = 1; ; asked++) {
      const turn = this.turn;
      try {
        return (await this.authorised(endpoints[turn]!, method, body)) as Answer;
      } catch (error) {
        if (isWorthAnotherMember(error) && this.turn === turn) this.turn = (turn + 1) % endpoints.length;
        if (asked >= endpoints.length || !isWorth(error)) throw etcdError(error, name);
      }
    }
  }

  private async authorised(endpoint: string, method: string, body: object): Promise<unknown> {
    const { user } = this.options;
    if (user === null) return await this.ask(endpoint, method, body);
    this.token ??= await this.authenticate(endpoint);
    try {
      return await this.ask(endpoint, method, body);
    } catch (error) {
      if (!isStaleToken(error)) throw error;
      this.token = await this.authenticate(endpoint);
      return await this.ask(endpoint, method, body);
    }
  }

  private async authenticate(endpoint: string): Promise<string> {
    const { name, password } = this.options.user!;
    this.token = null;
    const answer = (await this.ask(endpoint, "auth/authenticate", { name, password })) as { readonly token?: string };
    return answer.token ?? "";
  }

  private async ask(endpoint: string, method: string, body: object): Promise<unknown> {
    const { status, text, dateMs } = await this.transport.post(`${endpoint}/v3/${method}`, JSON.stringify(body), {
      "content-type": "application/json",
      ...(this.token === null ? {} : { authorization: this.token }),
    });
    this.options.onTime(dateMs + HALF_SECOND_MS);
    return resultOf(text, status);
  }
}

function resultOf(text: string, status: number): unknown {
  let answer: { readonly error?: unknown; readonly message?: string; readonly code?: number };
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    throw new Error(`status ${status} and no JSON`);
  }
  if (status === 200 && answer.error === undefined) return answer;
  // A stream puts its error into an object of its own.
  const refusal = typeof answer.error === "object" ? (answer.error as { grpc_code?: number; message?: string }) : null;
  const message = refusal?.message ?? answer.message ?? String(answer.error);
  throw new EtcdRefusal(refusal?.grpc_code ?? answer.code ?? 0, message);
}
