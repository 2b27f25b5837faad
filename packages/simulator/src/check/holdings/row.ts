/** The numbers of a holding's row: one cache line for all that an answer is held to. */
export const ROW = 8;
/** The window. */
export const FLOOR = 0;
export const LIMIT = 1;
/** Halves of the largest ID of the tenure and of all lower generations; -1 before the first. */
export const BAR_HIGH = 2;
export const BAR_LOW = 3;
/** Request and completion of the latest answer of the tenure that raised the bar. */
export const RAISED_REQUESTED = 4;
export const RAISED_COMPLETED = 5;
/** Datacenter ID and machine ID as one number. */
export const KEY = 6;
/**
 * 1 where an ID above the bar needs no other look: the tenure is alone in the highest generation, is one process, issued
 * an ID before, and its machine ID is not looked up.
 */
export const IS_PLAIN = 7;
