import type { Child } from "../process/child.js";
import type { RoleSpec } from "../process/messages.js";
import type { Stage } from "../process/stage.js";
import type { AgentOptions, LoadEnd, LoadSpec, Samples, ToAgent } from "./load-messages.js";

/** A process in which IDs are used, as the command sees it. */
export interface Agent {
  readonly child: Child;
  /** What its clients sit on, one after the other; where IDs are made where they are used, its number as a server. */
  readonly seats: readonly number[];
  /** Runs a load to its end; `receive` is told what was received, also if the process is killed meanwhile. */
  load(load: LoadSpec, receive: (samples: Samples) => void): Promise<LoadEnd>;
  /** Lets the load end with the requests that are under way. */
  stop(): Promise<void>;
  tell(news: unknown): Promise<void>;
}

const MODULE: string = new URL("./agent.js", import.meta.url).href;

/** @throws as {@link Stage.start} */
export async function startAgent(stage: Stage, source: RoleSpec, seats: readonly number[]): Promise<Agent> {
  const options: AgentOptions = { source };
  const child = await stage.start({ module: MODULE, export: "openAgent", options });
  let listener: ((samples: Samples) => void) | undefined;
  child.onEvent((event) => listener?.(event as Samples));
  const ask = (message: ToAgent): Promise<unknown> => child.ask(message);
  return {
    child,
    seats,
    async load(load, receive) {
      listener = receive;
      return (await ask({ kind: "load", load })) as LoadEnd;
    },
    async stop() {
      await ask({ kind: "stop" });
    },
    async tell(news) {
      await ask({ kind: "tell", news });
    },
  };
}
