import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { freePorts } from "../../../../packages/pool/test/servers/free-port.js";
import {
  type PostgresServer,
  postgresBinaries,
  startPostgres,
} from "../../../../packages/pool/test/servers/postgres-server.js";
import { openRecipe, ROOT } from "./recipe.js";

interface Container {
  readonly args: readonly string[];
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: number };
}

const binaries = postgresBinaries("the recipe for Kubernetes");
const TOKEN = "a-token-of-some-length";

describe.skipIf(binaries === undefined)("kubernetes: the pods of the manifest", () => {
  const directory = mkdtempSync(join(tmpdir(), "shardflake-kubernetes-"));
  const pods: ChildProcess[] = [];
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres(binaries!, ["fsync=off"]);
  }, 60_000);

  afterAll(async () => {
    for (const child of pods) child.kill("SIGKILL");
    await server?.remove();
    rmSync(directory, { recursive: true });
  }, 30_000);

  it("lease machine IDs in one store, are ready, issue different IDs, and end within their grace period", async () => {
    const manifest = parse(openRecipe("kubernetes").read("shardflake.yaml"));
    expect(manifest).toMatchObject({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "shardflake" } });
    const { spec } = manifest;
    expect(spec.selector.matchLabels).toEqual({ app: "shardflake" });
    expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
    const pod = spec.template.spec;
    const [container] = pod.containers as [Container];
    const { args, readinessProbe, livenessProbe } = container;
    expect(container).toMatchObject({
      command: ["shardflake"],
      env: [{ name: "SHARDFLAKE_STORE", valueFrom: { secretKeyRef: { name: "shardflake", key: "store" } } }],
      ports: [{ containerPort: 8080 }],
      readinessProbe: { httpGet: { port: 8080 }, periodSeconds: 2 },
      livenessProbe: { httpGet: { port: 8080 } },
      volumeMounts: [{ name: "token", mountPath: "/run/secrets", readOnly: true }],
    });
    const items = [{ key: "token", path: "token" }];
    expect(pod.volumes).toEqual([{ name: "token", secret: { secretName: "shardflake", items } }]);
    expect(args).toEqual(expect.arrayContaining(["8080", "/run/secrets/token"]));
    const tokenFile = join(directory, "token");
    writeFileSync(tokenFile, TOKEN);

    // As the manifest says, but for what a pod has to itself: its port and its file system.
    const found = await Promise.all(
      (await freePorts(spec.replicas)).map(async (port) => {
        const own = args.map((arg) => (arg === "8080" ? `${port}` : arg === "/run/secrets/token" ? tokenFile : arg));
        const child = spawn(join(ROOT, "node_modules", ".bin", "shardflake"), own, {
          env: { ...process.env, SHARDFLAKE_STORE: server.url, KUBERNETES_SERVICE_HOST: "10.0.0.1" },
          stdio: "ignore",
        });
        pods.push(child);
        const get = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, init);
        for (const { httpGet } of [readinessProbe, livenessProbe]) {
          await vi.waitFor(async () => expect((await get(httpGet.path)).status).toBe(200), { timeout: 20_000 });
        }
        expect((await get("/v1/ids")).status).toBe(401);
        const response = await get("/v1/ids?count=50", { headers: { authorization: `Bearer ${TOKEN}` } });
        return ((await response.json()) as { ids: string[] }).ids;
      }),
    );
    expect(found.map(({ length }) => length)).toEqual([50, 50]);
    expect(new Set(found.flat()).size).toBe(100);

    const begun = performance.now();
    const codes = pods.map(async (child) => {
      child.kill("SIGTERM");
      return (await once(child, "close"))[0];
    });
    expect(await Promise.all(codes)).toEqual([0, 0]);
    expect(performance.now() - begun).toBeLessThan(pod.terminationGracePeriodSeconds * 1000);
  });
});
