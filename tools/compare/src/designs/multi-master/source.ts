import type { Query, Rows } from "../../database/query.js";
import { createFailOver } from "../../source/fail-over.js";
import type { Source } from "../../source/source.js";
import type { Addresses } from "../addresses.js";

const ONE = request({ text: "insert into ids default values returning id", parameters: [] });

/** Clients that insert a row at their master and use the number that it got. */
export async function openMultiMasterSource({ servers }: Addresses): Promise<Source> {
  const failOver = createFailOver(servers);
  return {
    connect(seat) {
      const client = {
        server: -1,
        async next() {
          const [id] = await ask(ONE);
          return id!;
        },
        take: (count: number) =>
          ask(
            request({
              text: "insert into ids select from generate_series(1, $1::int) returning id",
              parameters: [count],
            }),
          ),
      };
      async function ask(query: ReturnType<typeof request>): Promise<bigint[]> {
        const { server, text } = await failOver.ask(seat, query);
        client.server = server;
        return (JSON.parse(text) as Rows).map(([id]) => BigInt(id!));
      }
      return client;
    },
    // A request to a master is a request to a database: there is nothing behind it.
    roundTrips: async () => failOver.requests,
    tell: (news) => failOver.setServers((news as Addresses).servers),
    close: () => failOver.close(),
  };
}

function request(query: Query): { readonly method: "POST"; readonly path: string; readonly body: string } {
  return { method: "POST", path: "/", body: JSON.stringify(query) };
}
