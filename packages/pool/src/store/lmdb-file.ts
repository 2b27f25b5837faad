/**
 * The parts of LMDB's file format that a survey needs (mdb.c of lmdb 3.5.6: MDB_page_header, MDB_meta, MDB_db,
 * MDB_node, MDB_ovpage; data version 2), on 64-bit little-endian hosts. Whatever does not fit throws {@link Damage}.
 */
export class Damage extends Error {}

const HEADER_BYTES = 24;
const MAGIC = 0xbeefc0de;
const DATA_VERSION = 2;
const NO_ROOT = 0xffff_ffff_ffff_ffffn;

export const BRANCH = 0x01;
export const LEAF = 0x02;
const OVERFLOW = 0x04;
const META = 0x08;

/** Flag of a node whose data lies on pages of its own. */
const BIG_DATA = 0x01;
const NODE_BYTES = 8;
const OVERFLOW_POINTER_BYTES = 24;

/** One of the two trees of an environment. */
export interface Tree {
  readonly flags: number;
  readonly depth: number;
  /** How many pages it has of each kind: branches, leaves, overflow. */
  readonly pages: readonly [number, number, number];
  readonly entries: number;
  /** Page number, or null for an empty tree. */
  readonly root: number | null;
}

/** One of the two meta pages. */
export interface Meta {
  readonly pageBytes: number;
  readonly free: Tree;
  readonly main: Tree;
  readonly mapBytes: number;
  readonly lastPage: number;
  readonly transaction: number;
}

/** A node of a page: a branch leads to another page, a leaf holds data in place or on overflow pages. */
export type Node =
  | { readonly kind: "branch"; readonly key: Buffer; readonly page: number }
  | { readonly kind: "data"; readonly key: Buffer; readonly data: Buffer }
  | {
      readonly kind: "overflow";
      readonly key: Buffer;
      readonly page: number;
      readonly pages: number;
      readonly dataBytes: number;
    };

/** Reads meta page 0 or 1. */
export function readMeta(file: Buffer, index: 0 | 1, pageBytes: number): Meta {
  const at = index * pageBytes + HEADER_BYTES;
  need(file.length >= at + 136, "a file that ends inside its meta pages");
  need(file.readUInt16LE(at - HEADER_BYTES + 18) === META, "a page that is no meta page");
  need(file.readUInt32LE(at) === MAGIC, "a file that is no LMDB database");
  need(file.readUInt32LE(at + 4) === DATA_VERSION, "another version of LMDB's format");
  return {
    pageBytes: file.readUInt32LE(at + 24),
    mapBytes: readCount(file, at + 16),
    free: readTree(file, at + 24),
    main: readTree(file, at + 72),
    lastPage: readCount(file, at + 120),
    transaction: readCount(file, at + 128),
  };
}

/** Checks a page's header against the file and the transaction that refers to it. */
export function checkPage(file: Buffer, meta: Meta, page: number, flags: number): void {
  const at = page * meta.pageBytes;
  need(page >= 2 && page <= meta.lastPage, `a reference to page ${page}`);
  need(file.length >= at + meta.pageBytes, `a file that ends before page ${page}`);
  need(readCount(file, at) === page && file.readUInt16LE(at + 18) === flags, `a wrong header of page ${page}`);
  need(pageTransaction(file, meta, page) <= meta.transaction, `a page ${page} of a later transaction`);
}

/** The transaction that wrote a page. */
export function pageTransaction(file: Buffer, meta: Meta, page: number): number {
  return readCount(file, page * meta.pageBytes + 8);
}

/** Reads the nodes of a page that was checked. */
export function readNodes(file: Buffer, meta: Meta, page: number, flags: number): Node[] {
  const at = page * meta.pageBytes + HEADER_BYTES;
  const bytes = meta.pageBytes - HEADER_BYTES;
  const lower = file.readUInt16LE(at - 4);
  const upper = file.readUInt16LE(at - 2);
  need(lower % 2 === 0 && lower <= upper && upper <= bytes, `wrong bounds in page ${page}`);
  const nodes: Node[] = [];
  for (let pointer = 0; pointer < lower; pointer += 2) {
    const offset = file.readUInt16LE(at + pointer);
    need(offset >= upper && offset + NODE_BYTES <= bytes, `a wrong pointer in page ${page}`);
    const node = at + offset;
    const keyBytes = file.readUInt16LE(node + 6);
    const room = bytes - offset - NODE_BYTES - keyBytes;
    need(room >= 0, `a key that leaves page ${page}`);
    const key = file.subarray(node + NODE_BYTES, node + NODE_BYTES + keyBytes);
    const low = file.readUInt32LE(node);
    const nodeFlags = file.readUInt16LE(node + 4);
    if (flags === BRANCH) {
      nodes.push({ kind: "branch", key, page: nodeFlags * 2 ** 32 + low });
      continue;
    }
    const data = node + NODE_BYTES + keyBytes;
    need((nodeFlags & ~BIG_DATA) === 0, `a node of unknown kind in page ${page}`);
    need(room >= (nodeFlags === BIG_DATA ? OVERFLOW_POINTER_BYTES : low), `data that leave page ${page}`);
    if (nodeFlags !== BIG_DATA) nodes.push({ kind: "data", key, data: file.subarray(data, data + low) });
    else {
      nodes.push({
        kind: "overflow",
        key,
        page: readCount(file, data),
        pages: readCount(file, data + 16),
        dataBytes: low,
      });
    }
  }
  return nodes;
}

/** Checks the pages that hold one node's data, and returns the data. */
export function readOverflow(file: Buffer, meta: Meta, node: Extract<Node, { readonly kind: "overflow" }>): Buffer {
  const { page, pages, dataBytes } = node;
  checkPage(file, meta, page, OVERFLOW);
  const at = page * meta.pageBytes;
  need(file.readUInt32LE(at + 20) === pages && pages >= 1, `a wrong number of overflow pages at page ${page}`);
  need(page + pages - 1 <= meta.lastPage, `overflow pages behind page ${page}`);
  need(file.length >= at + pages * meta.pageBytes, `a file that ends inside the overflow pages at page ${page}`);
  need(HEADER_BYTES + dataBytes <= pages * meta.pageBytes, `data that leave their overflow pages at page ${page}`);
  return file.subarray(at + HEADER_BYTES, at + HEADER_BYTES + dataBytes);
}

/** @throws Damage unless the condition holds */
export function need(condition: boolean, got: string): void {
  if (!condition) throw new Damage(got);
}

function readTree(file: Buffer, at: number): Tree {
  const root = file.readBigUInt64LE(at + 40);
  return {
    flags: file.readUInt16LE(at + 4),
    depth: file.readUInt16LE(at + 6),
    pages: [readCount(file, at + 8), readCount(file, at + 16), readCount(file, at + 24)],
    entries: readCount(file, at + 32),
    root: root === NO_ROOT ? null : readCount(file, at + 40),
  };
}

/** An unsigned 64-bit number that must be exact as a JavaScript number. */
export function readCount(file: Buffer, at: number): number {
  const value = file.readBigUInt64LE(at);
  need(value <= BigInt(Number.MAX_SAFE_INTEGER), "a number out of all bounds");
  return Number(value);
}
