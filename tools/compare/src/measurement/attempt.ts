import { type Cell, measured, unmeasured } from "../cell.js";
import { messageOf } from "../process/message-of.js";

/** What a measurement throws is why its cell is empty; an abort ends everything. */
export async function attempt<Value>(measure: () => Promise<Value>, signal: AbortSignal): Promise<Cell<Value>> {
  try {
    return measured(await measure());
  } catch (error) {
    signal.throwIfAborted();
    return unmeasured(messageOf(error));
  }
}
