/** Runs the suite named, alone in its process, and sends what it found to whoever started it. */
import { SUITES } from "./suites.js";

const suite = SUITES[process.argv[2]!]!;
process.send!(await suite());
process.disconnect();
