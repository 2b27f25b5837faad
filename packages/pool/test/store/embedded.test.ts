import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineLayout } from "@shardflake/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEmbeddedStore, EmbeddedStore } from "../../src/store/embedded.js";
import { openDatabase } from "../../src/store/embedded-database.js";
import { embeddedError } from "../../src/store/embedded-error.js";
import { embeddedStore } from "../../src/store/embedded-spec.js";
import { processTable } from "../../src/store/owner.js";
import { seal } from "../../src/store/seal.js";
import { prepareStateDirectory, stateFiles } from "../../src/store/state-directory.js";
import type { RegisterStore } from "../../src/store/store.js";
import { storeContract } from "./contract.js";
import { ManualClock } from "./manual-clock.js";
import { HELD, writeOf } from "./registers.js";

const LAYOUT = defineLayout();

function createDirectory(): string {
  return mkdtempSync(join(tmpdir(), "shardflake-embedded-"));
}

storeContract("embedded", { kind: "observer" }, async () => {
  const directory = createDirectory();
  return {
    client: async (clock) => createEmbeddedStore(embeddedStore(directory).options, clock),
    remove: async () => rmSync(directory, { recursive: true }),
  };
});

describe("embedded", () => {
  let directory: string;
  let stores: RegisterStore[];

  beforeEach(() => {
    directory = createDirectory();
    stores = [];
  });

  afterEach(async () => {
    for (const store of stores) await store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function open(store: RegisterStore = created()): Promise<RegisterStore> {
    await store.open("n", LAYOUT);
    stores.push(store);
    return store;
  }

  function created(place = directory): RegisterStore {
    return createEmbeddedStore(embeddedStore(place).options, new ManualClock());
  }

  /** A store that believes itself to be process 4711 in a host where these processes run. */
  function playing(running: Map<number, string>, scope: string | null = "boot/pid:[1]"): EmbeddedStore {
    const table = { scope, startTime: (pid: number) => running.get(pid) ?? null };
    const options = { directory, maxLeadMs: 86_400_000 };
    return new EmbeddedStore(options, new ManualClock(), {
      ...table,
      startTime: (pid) => table.startTime(pid === process.pid ? 4711 : pid),
    });
  }

  it("may be reached through a link to its directory, but not through one to its file, whose lock would be another", async () => {
    await open();
    const [link, other] = [`${directory}-link`, `${directory}-other`];
    symlinkSync(directory, link);
    mkdirSync(other);
    symlinkSync(join(directory, "registers.mdb"), join(other, "registers.mdb"));
    try {
      await open(created(link));
      await expect(open(created(other))).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
      expect(readdirSync(other)).toEqual(["registers.mdb"]);
    } finally {
      rmSync(link);
      rmSync(other, { recursive: true });
    }
  });

  it("frees the claim of a process that is gone, at once", async () => {
    const running = new Map([[4711, "100"]]);
    const store = await open(playing(running));
    await store.write([writeOf(0, 0)]);
    expect((await store.read())[0]!.claimed).toBe(true);
    running.delete(4711);
    expect((await store.read())[0]!.claimed).toBe(false);
  });

  it("is not deceived by a new process with an old process ID", async () => {
    const running = new Map([[4711, "100"]]);
    const store = await open(playing(running));
    await store.write([writeOf(0, 0)]);
    running.set(4711, "200");
    expect((await store.read())[0]!.claimed).toBe(false);
  });

  it.each(["other-boot/pid:[1]", "boot/pid:[2]", null])("cannot judge an owner from scope %j", async (scope) => {
    await (await open(playing(new Map([[4711, "100"]]), scope))).write([writeOf(0, 0)]);
    const observer = await open(playing(new Map()));
    expect((await observer.read())[0]!.claimed).toBe(true);
  });

  it("takes this process for alive, and one that was never there for gone", () => {
    const table = processTable();
    if (process.platform !== "linux") return;
    expect(table.startTime(process.pid)).toMatch(/^\d+$/);
    expect(table.startTime(2 ** 22 + 1)).toBeNull();
  });

  it("names --store when the directory cannot be created", async () => {
    const file = join(directory, "a file");
    writeFileSync(file, "");
    const store = created(join(file, "state"));
    await expect(store.open("n", LAYOUT)).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
      message: expect.stringContaining("--store"),
    });
  });

  it("refuses a record of a newer format and leaves it as it is", async () => {
    const store = await open();
    await store.write([writeOf(0, 0)]);
    await store.close();
    const database = openDatabase(stateFiles(directory));
    const owner = { scope: null, pid: 1, startTime: null };
    const newer = JSON.stringify({ version: 2, owner, register: { format: 2, ...HELD, region: "eu" } });
    const sealed = seal("n 0/0", newer);
    database.transaction((table) => table.put("n 0/0", sealed));
    await store.open("n", LAYOUT);
    await expect(store.read()).rejects.toMatchObject({ code: "STORE_FORMAT_NEWER" });
    await expect(store.write([writeOf(0, 2)])).rejects.toMatchObject({ code: "STORE_FORMAT_NEWER" });
    expect(database.transaction((table) => table.get("n 0/0"))).toBe(sealed);
    await database.close();
  });

  it("refuses a namespace and a state directory of a newer format", async () => {
    await (await open()).close();
    const files = stateFiles(directory);
    const database = openDatabase(files);
    database.transaction((table) => table.put("n", seal("n", JSON.stringify({ format: 2, shape: "?" }))));
    await expect(created().open("n", LAYOUT)).rejects.toMatchObject({ code: "STORE_FORMAT_NEWER" });
    await database.close();
    writeFileSync(files.marker, seal("state directory", JSON.stringify({ format: 2 })));
    await expect(created().open("other", LAYOUT)).rejects.toMatchObject({ code: "STORE_FORMAT_NEWER" });
  });

  describe("with a damaged state directory", () => {
    beforeEach(async () => {
      const store = await open();
      await store.write([writeOf(0, 0), writeOf(1, 0)]);
      await store.close();
      unlinkSync(`${stateFiles(directory).data}-lock`);
    });

    const damages: [string, (data: string) => void][] = [
      ["a missing data file", (data) => unlinkSync(data)],
      ["an empty data file", (data) => truncateSync(data, 0)],
      ["a data file without its last page", (data) => truncateSync(data, readFileSync(data).length - 4096)],
      ["a data file with two pages", (data) => truncateSync(data, 8192)],
      ["a data file that is text", (data) => writeFileSync(data, "hello".repeat(5000))],
      ["a marker that is text", (data) => writeFileSync(data.replace(/mdb$/, "format"), "hello")],
      ["an empty marker", (data) => truncateSync(data.replace(/mdb$/, "format"), 0)],
    ];

    it.each(damages)("refuses %s, and never starts afresh", async (_, damage) => {
      const { data } = stateFiles(directory);
      damage(data);
      const before = existsSync(data) ? readFileSync(data) : null;
      for (let attempt = 0; attempt < 2; attempt++) {
        await expect(created().open("n", LAYOUT)).rejects.toMatchObject({ code: "STORE_CORRUPT" });
      }
      expect(existsSync(data) ? readFileSync(data) : null).toEqual(before);
    });

    it("makes up for a marker that a crash did not let it write", async () => {
      const { marker } = stateFiles(directory);
      unlinkSync(marker);
      const store = await open();
      expect(await store.read()).toHaveLength(2);
      expect(existsSync(marker)).toBe(true);
    });
  });

  it("misses a register that vanished", async () => {
    const store = await open();
    await store.write([writeOf(0, 0), writeOf(1, 0)]);
    const database = openDatabase(stateFiles(directory));
    database.transaction((table) => {
      table.put("n 0/2", table.get("n 0/1")!);
    });
    await expect(store.read()).rejects.toMatchObject({ code: "STORE_CORRUPT" });
    await database.close();
  });

  it("notices that its directory was replaced while it was open", async () => {
    const store = await open();
    await store.write([writeOf(0, 0)]);
    const { data } = stateFiles(directory);
    renameSync(data, `${data}.old`);
    await expect(store.write([writeOf(0, 1)])).rejects.toMatchObject({ code: "STORE_CORRUPT" });
    renameSync(`${data}.old`, data);
    expect(await store.write([writeOf(0, 1)])).toBe("done");
  });

  it("says that the disk is full, and that nothing was written", () => {
    const error = embeddedError(
      Object.assign(new Error("No space left on device"), { code: 28 }),
      stateFiles(directory),
    );
    expect(error).toMatchObject({ code: "STORE_FULL", message: expect.stringContaining("Nothing was written") });
  });

  it("prepares a directory that is not there yet, with its parents", () => {
    const files = stateFiles(join(directory, "a", "b"));
    prepareStateDirectory(files);
    expect(existsSync(files.directory)).toBe(true);
  });
});
