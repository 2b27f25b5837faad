import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { etcdName, parseEtcdAddress, readTlsFiles } from "../../../src/store/etcd/address.js";

describe("the address of an etcd cluster", () => {
  it("names members, one user for all of them, and files of TLS", () => {
    const text = "etcd:https://me:p%2Cw%40@h1:2379/,https://h2:2379/proxied/?ca=/etc/ca.pem&cert=c.pem&key=k.pem";
    const address = parseEtcdAddress(text);
    expect(address).toEqual({
      endpoints: ["https://h1:2379", "https://h2:2379/proxied"],
      user: { name: "me", password: "p,w@" },
      tls: { ca: "/etc/ca.pem", cert: "c.pem", key: "k.pem" },
    });
    expect(etcdName(address)).toBe("etcd:https://h1:2379,https://h2:2379/proxied");
  });

  it("needs neither", () => {
    expect(parseEtcdAddress("etcd:http://127.0.0.1:2379")).toEqual({
      endpoints: ["http://127.0.0.1:2379"],
      user: null,
      tls: { ca: null, cert: null, key: null },
    });
  });

  it.each([
    "etcd:",
    "etcd:host:2379",
    "etcd:http://a:1,",
    "etcd:ftp://u:secret@h",
    "etcd:http://u:secret@h?password=secret",
    "etcd:https://u:secret@h?cert=x",
    "etcd:http://u:%secret@h",
    "etcd:http://u:secret@h#x",
  ])("is refused otherwise, and not repeated: %s", (text) => {
    const parsing = () => parseEtcdAddress(text);
    expect(parsing).toThrow(expect.objectContaining({ code: "STORE_INVALID" }));
    expect(parsing).not.toThrow(/secret/);
  });

  it("reads the files that it names, or says which one cannot be read", () => {
    const directory = mkdtempSync(join(tmpdir(), "shardflake-tls-"));
    const ca = join(directory, "ca.pem");
    writeFileSync(ca, "authority");
    expect(readTlsFiles({ ca, cert: null, key: null })).toEqual({ ca: "authority" });
    const reading = () => readTlsFiles({ ca, cert: join(directory, "none.pem"), key: ca });
    expect(reading).toThrow(
      expect.objectContaining({ code: "STORE_INVALID", message: expect.stringContaining("none.pem") }),
    );
    rmSync(directory, { recursive: true });
  });
});
