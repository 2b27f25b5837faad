import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { endianness } from "node:os";
import { corrupt } from "../register/record.js";
import {
  BRANCH,
  checkPage,
  Damage,
  LEAF,
  type Meta,
  need,
  pageTransaction,
  readMeta,
  readNodes,
  readOverflow,
  type Tree,
} from "./lmdb-file.js";
import { checkFreePages } from "./lmdb-free-pages.js";

/** LMDB's own limit (CURSOR_STACK). */
const MAX_DEPTH = 32;
/** Far above what this store asks for. */
const MAX_MAP_BYTES = 2 ** 40;
const MIN_PAGE_BYTES = 512;
const MAX_PAGE_BYTES = 65_536;

/** A file that another process writes all the time may need some looks until one falls between two commits. */
const MOST_LOOKS = 50;
const LOOK_PAUSE_MS = 2;

/** 32-bit and big-endian hosts lay the file out in another way. */
const CAN_READ = endianness() === "LE" && !["arm", "ia32", "mips", "mipsel", "ppc"].includes(process.arch);

/**
 * Walks through an LMDB file before it is mapped into memory: LMDB trusts its pages, and would end the process on a
 * truncated file, or go astray on flipped bits.
 *
 * @param expectation "may-be-new": a file that is missing or empty is the start of a new store
 * @throws ShardflakeError `STORE_CORRUPT`
 */
export function surveyDataFile(path: string, expectation: "may-be-new" | "must-exist"): void {
  for (let look = 1; ; look++) {
    const damage = surveyOnce(path, expectation);
    if (damage === undefined) return;
    // While another process commits, pages change under the survey; real damage is there on every look.
    if (look === MOST_LOOKS || damage.kind === "certain") throw corrupt(path, `got ${damage.got}`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_PAUSE_MS);
  }
}

interface Finding {
  readonly kind: "certain" | "moving";
  readonly got: string;
}

function surveyOnce(path: string, expectation: "may-be-new" | "must-exist"): Finding | undefined {
  const file = readFile(path);
  if (file === undefined || file.length === 0) {
    if (expectation === "may-be-new") return undefined;
    return { kind: "certain", got: file === undefined ? "no file, although there was one" : "an empty file" };
  }
  if (!CAN_READ) return undefined;
  let finding: string | undefined;
  try {
    walkFile(file);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    finding = error.message;
  }
  if (finding === undefined) return undefined;
  return { kind: isStill(path, file) ? "certain" : "moving", got: finding };
}

function walkFile(file: Buffer): void {
  const { pageBytes } = readMeta(file, 0, 0);
  const isPower = Number.isInteger(Math.log2(pageBytes)) && pageBytes >= MIN_PAGE_BYTES && pageBytes <= MAX_PAGE_BYTES;
  need(isPower, `pages of ${pageBytes} bytes`);
  const metas = [readMeta(file, 0, pageBytes), readMeta(file, 1, pageBytes)] as const;
  need(metas[1].pageBytes === pageBytes, "meta pages that disagree");
  const [even, odd] = metas.map((meta) => meta.transaction) as [number, number];
  // Transaction n writes meta page n % 2; a new file has 0 in both.
  const areNeighbours = Math.abs(even - odd) === 1 && even % 2 === 0;
  need(areNeighbours || (even === 0 && odd === 0), `meta pages of the transactions ${even} and ${odd}`);
  const meta = even > odd ? metas[0] : metas[1];
  checkSizes(file, metas);
  for (const each of metas) checkMainRoot(file, each);
  const inUse = new Set<number>();
  const lists = walkTree(file, meta, meta.free, inUse);
  walkTree(file, meta, meta.main, inUse);
  const free = checkFreePages(lists, meta, inUse);
  // The file ends before its last pages when these were freed before they were ever written.
  for (let page = Math.floor(file.length / pageBytes); page <= meta.lastPage; page++) {
    need(free.has(page), `no page ${page}`);
  }
}

/**
 * Every transaction of this store writes something, and with it the root. A flipped bit in the number of the latest
 * transaction would otherwise bring back the state before it. (LMDB keeps the pages of the latest two.)
 */
function checkMainRoot(file: Buffer, meta: Meta): void {
  const { root, depth } = meta.main;
  if (root === null) return;
  checkPage(file, meta, root, depth === 1 ? LEAF : BRANCH);
  need(pageTransaction(file, meta, root) === meta.transaction, `a root ${root} of another transaction`);
}

/** What LMDB believes without looking. */
function checkSizes(file: Buffer, metas: readonly [Meta, Meta]): void {
  for (const { free, main, mapBytes, lastPage, pageBytes } of metas) {
    need(main.flags === 0 && free.flags === metas[0].free.flags, "unknown flags");
    need(mapBytes >= file.length && mapBytes <= MAX_MAP_BYTES, `a map of ${mapBytes} bytes`);
    need((lastPage + 1) * pageBytes <= mapBytes, `a last page ${lastPage}`);
  }
}

/** Visits every page of a tree, adds it to those in use, and returns the entries. */
function walkTree(file: Buffer, meta: Meta, tree: Tree, inUse: Set<number>): { key: Buffer; data: Buffer }[] {
  need((tree.root === null) === (tree.depth === 0) && tree.depth <= MAX_DEPTH, `a tree of depth ${tree.depth}`);
  const entries: { key: Buffer; data: Buffer }[] = [];
  let [branches, leaves, overflows] = [0, 0, 0];
  const use = (page: number): void => {
    need(!inUse.has(page), `page ${page} in two places`);
    inUse.add(page);
  };
  const visit = (page: number, depth: number): void => {
    const flags = depth === 1 ? LEAF : BRANCH;
    checkPage(file, meta, page, flags);
    use(page);
    if (depth > 1) branches++;
    else leaves++;
    for (const node of readNodes(file, meta, page, flags)) {
      if (node.kind === "branch") visit(node.page, depth - 1);
      else if (node.kind === "data") entries.push(node);
      else {
        entries.push({ key: node.key, data: readOverflow(file, meta, node) });
        for (let offset = 0; offset < node.pages; offset++) use(node.page + offset);
        overflows += node.pages;
      }
    }
  };
  if (tree.root !== null) visit(tree.root, tree.depth);
  need(entries.length === tree.entries, `${entries.length} entries instead of ${tree.entries}`);
  need(
    [branches, leaves, overflows].every((count, kind) => count === tree.pages[kind]),
    "wrong numbers of pages",
  );
  return entries;
}

/** Whether nobody has committed since the file was read: then what was read is one state of the database. */
function isStill(path: string, file: Buffer): boolean {
  const now = readFile(path);
  return now?.equals(file) === true;
}

function readFile(path: string): Buffer | undefined {
  let handle: number;
  try {
    handle = openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    // In one call, so that few commits can fall into it; the file may grow meanwhile.
    const bytes = Buffer.alloc(fstatSync(handle).size);
    let length = 0;
    for (let count = -1; count !== 0 && length < bytes.length; length += count) {
      count = readSync(handle, bytes, length, bytes.length - length, length);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}
