import { defineLayout, type Layout } from "@shardflake/core";

/** Length of a window; so chosen that whatever a keeper derives from it is a whole number of milliseconds. */
export const WINDOW_MS = 7200;

/** One machine ID, and a tick as long as a window. */
export const LAYOUT: Layout = defineLayout({
  timestampBits: 4,
  datacenterBits: 0,
  machineBits: 0,
  epoch: 0,
  tickMs: WINDOW_MS,
});

/** Machine key of the only register. */
export const KEY = "0/0";
