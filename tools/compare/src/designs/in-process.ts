import { unmeasured } from "../cell.js";
import { type Agent, startAgent } from "../load/agent-process.js";
import type { RoleSpec } from "../process/messages.js";
import type { Stage } from "../process/stage.js";
import { setClocks } from "./clocks.js";
import type { Running } from "./design.js";

/** What differs between designs that make IDs in the process that uses them. */
export interface InProcessOptions {
  readonly stage: Stage;
  readonly servers: number;
  readonly source: RoleSpec;
  readonly what: { readonly add: string; readonly remove: string };
  /** Why there is no way to add or remove a process that makes duplicates. */
  readonly always: string;
}

/** A design without servers: every process that needs IDs makes them, and is what can be killed, added and removed. */
export async function startInProcess(options: InProcessOptions): Promise<Running> {
  const { stage, source, what, always } = options;
  let agents: Agent[] = [];
  let lastServer = -1;
  const another = async (): Promise<Agent> => {
    lastServer++;
    const agent = await startAgent(stage, source, [lastServer]);
    agents.push(agent);
    return agent;
  };
  await Promise.all(Array.from({ length: options.servers }, another));
  return {
    agents: () => agents,
    servers: () => agents.flatMap(({ seats }) => seats),
    gaps: { kind: "none", why: "an ID is made when it is used: none is reserved that could be lost" },
    async kill() {
      const [victim, ...others] = agents as [Agent, ...Agent[]];
      agents = others;
      await victim.child.kill();
      return { restart: async () => [await another()] };
    },
    add: { safe: { what: what.add, run: async () => [await another()] }, unsafe: unmeasured(always) },
    remove: {
      safe: {
        what: what.remove,
        async run() {
          const leaving = agents.pop()!;
          await leaving.stop();
          await leaving.child.close();
          return [];
        },
      },
      unsafe: unmeasured(always),
    },
    setClock: (offsetMs) =>
      setClocks(
        agents.map(({ child }) => child),
        offsetMs,
      ),
  };
}
