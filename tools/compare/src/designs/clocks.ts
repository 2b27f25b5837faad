import { type Cell, measured } from "../cell.js";
import type { Child } from "../process/child.js";

/** Sets the wall clocks of processes off from the host's. */
export async function setClocks(children: readonly Child[], offsetMs: number): Promise<Cell<readonly number[]>> {
  return measured(await Promise.all(children.map((child) => child.setClock(offsetMs))));
}
