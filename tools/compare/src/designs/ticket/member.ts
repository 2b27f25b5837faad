import type { Database } from "../../database/databases.js";
import type { Child } from "../../process/child.js";
import type { Stage } from "../../process/stage.js";
import type { Member } from "../networked.js";
import type { TicketServerOptions } from "./ticket-server.js";

const MODULE: string = new URL("./ticket-server.js", import.meta.url).href;

/** A ticket server, with the database that it counts in. */
export interface TicketMember extends Member {
  readonly service: Child;
  readonly database: Database;
  readonly stub: string;
  restart(server: number): Promise<TicketMember>;
}

/** What makes up a ticket server when it starts. */
export interface TicketPlace {
  readonly server: number;
  readonly database: Database;
  readonly stub: string;
  /** Whether its death is that of the machine with the database, or that of the service alone. */
  readonly dies: "with its database" | "alone";
}

export async function startTicketMember(stage: Stage, place: TicketPlace): Promise<TicketMember> {
  const { server, database, stub, dies } = place;
  const options: TicketServerOptions = { databaseUrl: database.url, stub };
  const service = await stage.start({ module: MODULE, export: "openTicketServer", options });
  return {
    server,
    url: service.answer as string,
    service,
    database,
    stub,
    async kill() {
      await Promise.all([service.kill(), ...(dies === "alone" ? [] : [database.kill()])]);
    },
    async restart(next) {
      const current = dies === "alone" ? database : await database.restart();
      return await startTicketMember(stage, { ...place, server: next, database: current });
    },
    async close() {
      await service.close();
      if (dies === "with its database") await database.child.close();
    },
  };
}
