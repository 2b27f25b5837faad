import { LayoutError, ShardflakeError } from "@shardflake/core";
import Fastify from "fastify";
import { describe, expect, it } from "vitest";
import { answerError } from "../src/problem.js";

const SECRET = "/var/lib/ids/registers.mdb";

/** What a request that ends with the error is answered, and the codes that were counted. */
async function answerTo(error: Error) {
  const counted: string[] = [];
  const app = Fastify();
  app.setErrorHandler((thrown: Error, request, reply) =>
    answerError(thrown, request, reply, (code) => counted.push(code)),
  );
  app.get("/", async () => {
    throw error;
  });
  const answer = await app.inject("/");
  return { answer, problem: answer.json(), counted };
}

describe("an error of the pool", () => {
  it.each([
    new ShardflakeError("STORE_DENIED", "Expected rights, got none."),
    new ShardflakeError("STORE_FULL", "Expected room, got none."),
    new LayoutError("EPOCH_IN_FUTURE", "Expected a clock after the epoch, got 1970."),
  ])("that may pass is no fault of the request: $code", async (error) => {
    const { answer, problem } = await answerTo(error);
    expect(answer.statusCode).toBe(503);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(problem.code).toBe(error.code);
  });

  it.each([
    new ShardflakeError("STORE_CORRUPT", `Expected registers in ${SECRET}, got nonsense.`),
    new ShardflakeError("STORE_FORMAT_NEWER", `Expected a format of mine in ${SECRET}, got a newer one.`),
    new Error(SECRET),
  ])("that says what is wrong with the service stays in its log: %s", async (error) => {
    const { answer, problem, counted } = await answerTo(error);
    expect(answer.statusCode).toBe(500);
    expect(problem.code).toBe("INTERNAL");
    expect(answer.body).not.toContain(SECRET);
    expect(counted).toEqual(["code" in error ? error.code : "INTERNAL"]);
  });
});
