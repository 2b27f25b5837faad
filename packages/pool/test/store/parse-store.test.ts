import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { networkFileSystem } from "../../src/store/network-fs.js";
import { parseStore } from "../../src/store/parse-store.js";
import { stateDirectory } from "../../src/store/state-place.js";

describe("the name of a store", () => {
  it("is memory, or embedded with or without a directory", () => {
    expect(parseStore("memory", {}).export).toBe("createMemoryStore");
    expect(parseStore("embedded", { SHARDFLAKE_STATE_DIR: "/x/y" }).options).toMatchObject({
      directory: resolve("/x/y"),
    });
    expect(parseStore("embedded:some/where", {}).options).toMatchObject({ directory: resolve("some/where") });
  });

  it("is the address of a PostgreSQL database", () => {
    const address = "postgresql://user:secret@host:5433/db?sslmode=verify-full";
    expect(parseStore(address, {})).toMatchObject({ export: "createPostgresStore", options: { url: address } });
  });

  it("is the members of an etcd cluster", () => {
    expect(parseStore("etcd:http://a:1,http://b:2", {})).toMatchObject({
      export: "createEtcdStore",
      options: { endpoints: ["http://a:1", "http://b:2"], user: null },
    });
  });

  it.each([
    "",
    "Memory",
    "embedded:",
    "redis://user:secret@host",
    "memory:x",
    "postgres:",
    "etcd:u:secret@host",
    "postgres://us er:secret@",
  ])("is refused otherwise: %j", (text) => {
    const parsing = () => parseStore(text, {});
    expect(parsing).toThrow(expect.objectContaining({ code: "STORE_INVALID" }));
    expect(parsing).not.toThrow(/secret/);
  });
});

describe("the state directory", () => {
  it("is chosen by the environment, else by the platform", () => {
    const home = { HOME: "/home/me" };
    expect(stateDirectory({ ...home, SHARDFLAKE_STATE_DIR: "/s", XDG_STATE_HOME: "/x" }, "linux")).toBe("/s");
    expect(stateDirectory({ ...home, SHARDFLAKE_STATE_DIR: "", XDG_STATE_HOME: "/x" }, "linux")).toBe(
      join("/x", "shardflake"),
    );
    expect(stateDirectory(home, "linux")).toBe(join("/home/me", ".local", "state", "shardflake"));
    expect(stateDirectory(home, "darwin")).toBe(join("/home/me", "Library", "Application Support", "shardflake"));
    expect(stateDirectory({ ...home, LOCALAPPDATA: "/l" }, "win32")).toBe(join("/l", "shardflake"));
  });
});

describe("a network file system", () => {
  it.each([
    [0x6969, "NFS"],
    [0xff534d42, "CIFS"],
    [0xfe534d42, "SMB2"],
    [0x01021997, "9P"],
  ])("is known by its type %d", (type, name) => {
    expect(networkFileSystem(type, 0xef53)).toBe(name);
  });

  it("is not a local disk, and not 9P where everything is 9P", () => {
    expect(networkFileSystem(0xef53, 0xef53)).toBeUndefined();
    expect(networkFileSystem(0x01021997, 0x01021997)).toBeUndefined();
  });
});
