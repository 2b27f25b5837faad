/** A bare Fastify route that answers a constant of the size given in bytes; prints its address, ends with its stdin. */
import Fastify from "fastify";

const body = `{"ids":["${"1".repeat(Math.max(0, Number(process.argv[2]) - '{"ids":[""]}'.length))}"]}`;
const app = Fastify();
app.get("/v1/ids", async (_request, reply) =>
  reply.header("content-type", "application/json; charset=utf-8").send(body),
);
process.stdout.write(`${await app.listen({ host: "127.0.0.1", port: 0 })}\n`);
process.stdin.resume().on("end", () => process.exit());
