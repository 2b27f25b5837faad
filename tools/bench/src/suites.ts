import type { Suite } from "./suite.js";
import { ceiling } from "./suites/ceiling.js";
import { checks } from "./suites/checks.js";
import { codec } from "./suites/codec.js";
import { fill } from "./suites/fill.js";
import { horizon } from "./suites/horizon.js";
import { latency } from "./suites/latency.js";
import { memory } from "./suites/memory.js";
import { next } from "./suites/next.js";
import { pool } from "./suites/pool.js";
import { serve } from "./suites/serve.js";
import { fleet, simulator } from "./suites/simulator.js";
import { skew } from "./suites/skew.js";
import { start } from "./suites/start.js";
import { text } from "./suites/text.js";
import { verify } from "./suites/verify.js";

/** Every suite, in the order of the document. */
export const SUITES: Readonly<Record<string, Suite>> = {
  next,
  fill,
  latency,
  text,
  verify,
  pool,
  codec,
  start,
  ceiling,
  memory,
  checks,
  serve,
  simulator,
  fleet,
  skew,
  horizon,
};
