import type { Cell } from "../cell.js";
import { type Agent, startAgent } from "../load/agent-process.js";
import type { RoleSpec } from "../process/messages.js";
import type { Stage } from "../process/stage.js";
import type { Addresses } from "./addresses.js";
import type { Change, Gaps, Running } from "./design.js";

/** A server that clients ask over the network, with all the processes that make it up. */
export interface Member {
  readonly server: number;
  readonly url: string;
  kill(): Promise<void>;
  /** The same data, under a new number. */
  restart(server: number): Promise<Member>;
  close(): Promise<void>;
}

/** The servers of a design, and the one process of clients that knows them. */
export class Fleet<Kind extends Member> {
  readonly #agent: Agent;
  #members: readonly Kind[];
  #lastServer: number;

  private constructor(agent: Agent, members: readonly Kind[]) {
    this.#agent = agent;
    this.#members = members;
    this.#lastServer = members.length - 1;
  }

  /** @param source its options are the {@link Addresses}, which are added here */
  static async start<Kind extends Member>(
    stage: Stage,
    source: Omit<RoleSpec, "options">,
    members: readonly Kind[],
    seats: readonly number[],
  ): Promise<Fleet<Kind>> {
    return new Fleet(await startAgent(stage, { ...source, options: addressesOf(members) }, seats), members);
  }

  get members(): readonly Kind[] {
    return this.#members;
  }

  /** A number that no server has had. */
  nextServer(): number {
    return ++this.#lastServer;
  }

  /** Tells the clients which servers there are from now on. */
  async set(members: readonly Kind[]): Promise<void> {
    this.#members = members;
    await this.#agent.tell(addressesOf(members));
  }

  /** The design, with what is the same for all fleets. */
  running(parts: {
    readonly gaps: Gaps;
    readonly add: Change;
    readonly remove: Change;
    setClock(offsetMs: number): Promise<Cell<readonly number[]>>;
  }): Running {
    return {
      ...parts,
      agents: () => [this.#agent],
      servers: () => this.#members.map(({ server }) => server),
      kill: async () => {
        const victim = this.#members[0]!;
        await victim.kill();
        return {
          restart: async () => {
            const again = (await victim.restart(this.nextServer())) as Kind;
            await this.set(this.#members.map((member) => (member === victim ? again : member)));
            return [];
          },
        };
      },
    };
  }

  /** Clients leave the last server before it ends. */
  async removeLast(): Promise<void> {
    const leaving = this.#members.at(-1)!;
    await this.set(this.#members.slice(0, -1));
    await leaving.close();
  }
}

function addressesOf(members: readonly Member[]): Addresses {
  return { servers: members.map(({ server, url }) => ({ server, url })) };
}
