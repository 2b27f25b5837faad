import { type Meta, need, readCount } from "./lmdb-file.js";

const WORD_BYTES = 8;

/**
 * Checks LMDB's lists of free pages (midl.c of lmdb 3.5.6). A list is a length and as many signed numbers: 0 for an empty
 * place, n > 0 for page n, and −n before the first page of a block of n. A page in use that was listed as free would be
 * overwritten by a later commit.
 *
 * @returns the free pages
 */
export function checkFreePages(
  lists: readonly { readonly key: Buffer; readonly data: Buffer }[],
  meta: Meta,
  inUse: ReadonlySet<number>,
): Set<number> {
  const free = new Set<number>();
  for (const { key, data } of lists) {
    need(key.length === WORD_BYTES && readCount(key, 0) <= meta.transaction, "free pages of a later transaction");
    need(data.length >= WORD_BYTES && data.length % WORD_BYTES === 0, "a list of free pages without a length");
    const length = readCount(data, 0);
    need(length < data.length / WORD_BYTES, "a list of free pages that is too short");
    let pages = 1;
    for (let word = 1; word <= length; word++) {
      const entry = Number(data.readBigInt64LE(word * WORD_BYTES));
      if (entry <= 0) {
        pages = Math.max(1, -entry);
        continue;
      }
      need(entry >= 2 && entry + pages - 1 <= meta.lastPage, `a free page ${entry} that does not exist`);
      for (let page = entry; page < entry + pages; page++) {
        need(!inUse.has(page) && !free.has(page), `a free page ${page} that is in use`);
        free.add(page);
      }
      pages = 1;
    }
  }
  return free;
}
