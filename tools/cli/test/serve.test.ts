import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { finished, startCommand } from "./run-command.js";

const directory = mkdtempSync(join(tmpdir(), "shardflake-serve-"));
afterAll(() => rmSync(directory, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
};
const STORE = ["--store", `embedded:${join(directory, "state")}`];

describe("shardflake serve", () => {
  it("serves until SIGTERM, then gives its machine ID back and exits with 0", async () => {
    const child = startCommand(["serve", "--port", "0", ...STORE]);
    const url = await new Promise<string>((resolve) => {
      let text = "";
      child.stderr?.on("data", (chunk: Buffer) => {
        text += chunk;
        const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    expect((await (await fetch(`${url}/v1/ids?count=3&format=text`)).text()).trim().split("\n")).toHaveLength(3);
    child.kill("SIGTERM");
    expect((await finished(child)).code).toBe(0);
    const listed = await finished(startCommand(["machines", "list", "--json", ...STORE]));
    expect(JSON.parse(listed.stdout)).toMatchObject([{ holder: null }]);
  }, 30_000);

  it.each([
    ["beyond loopback without protection", ["--host", "0.0.0.0"], {}, /--insecure/],
    ["with a token that could be guessed", ["--token-file", file("short", "secret")], {}, /at least 16/],
    ["with a token file that is not there", ["--token-file", join(directory, "none")], {}, /ENOENT/],
    ["with a certificate alone", ["--tls-cert", file("cert", "x")], {}, /--tls-ca together/],
    [
      "with certificates that are none",
      ["cert", "key", "ca"].flatMap((name) => [`--tls-${name}`, file("no-pem", "x")]),
      {},
      /Expected .*PEM files.*\[OPTION_INVALID\]/,
    ],
    ["with a drain that no timer waits for", ["--drain", "60d"], {}, /--drain.*24d/],
    ["on a port that is none", ["--port", "70000"], {}, /--port/],
    ["with the memory store", ["--store", "memory"], {}, /--unsafe-memory/],
    ["in Kubernetes on the embedded store", [], { KUBERNETES_SERVICE_HOST: "10.0.0.1" }, /--single-host/],
  ])("refuses to start %s", async (_, args, env, message) => {
    const { code, stdout, stderr } = await finished(startCommand(["serve", ...STORE, ...args], env));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });
});
