/**
 * A million IDs into a file, made and written as text by all cores.
 *
 *     node dist/batch-to-file.js [state directory] [file]
 *
 * The pool waits for every write: however slow the disk is, memory stays as small as a few chunks.
 */
import { open } from "node:fs/promises";
import { createPool, embeddedStore } from "@shardflake/pool";

const file = await open(process.argv[3] ?? "ids.txt", "w");
const pool = await createPool({ store: embeddedStore(process.argv[2]) });
try {
  const { count } = await pool.write(
    async (slices) => {
      // Whole lines, in ascending order. Their memory is used again once this function has resolved.
      for (const slice of slices) await file.writeFile(slice);
    },
    { count: 1_000_000, format: "text" },
  );
  console.log(`${count} IDs on ${pool.shards} shards`);
} finally {
  await pool.close();
  await file.close();
}
