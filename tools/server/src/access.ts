import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { sendProblem } from "./problem.js";

/** What answers without a token: an orchestrator's probes have none. */
const PROBES: ReadonlySet<string> = new Set(["/healthz", "/readyz"]);

/** Refuses every request without the token, in the same time whatever was sent. */
export function requireToken(app: FastifyInstance, token: string): void {
  const wanted = digest(`Bearer ${token}`);
  app.addHook("onRequest", async (request, reply) => {
    if (PROBES.has(request.routeOptions.url ?? "")) return;
    const given = request.headers.authorization ?? "";
    if (timingSafeEqual(digest(given), wanted)) return;
    reply.header("www-authenticate", "Bearer");
    return sendProblem(
      reply,
      401,
      "TOKEN_WRONG",
      'Expected the header "Authorization: Bearer …" with the token of this service.',
    );
  });
}

/** Digests have one length, so that comparing them tells nothing of the token's. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
