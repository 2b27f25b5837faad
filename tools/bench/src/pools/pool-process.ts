/** Issues on as many machine IDs as it is told, alone in its process, and prints the figures as JSON. */
import type { PoolFigures, PoolShape } from "./pool-figures.js";
import { spinning } from "./spinning.js";
import { waitFree } from "./wait-free.js";

const WAYS: Readonly<Record<string, (shape: PoolShape, forMs: number) => Promise<PoolFigures>>> = {
  waitFree,
  spinning,
};

const [way, shards, lanes, forMs] = process.argv.slice(2) as [string, string, string, string];
const figures = await WAYS[way]!({ shards: Number(shards), lanes: Number(lanes) }, Number(forMs));
process.stdout.write(JSON.stringify(figures));
