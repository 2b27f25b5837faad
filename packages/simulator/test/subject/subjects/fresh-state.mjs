/** Issues how often its module, a module that it imports, and one that it requires, have been asked. */
import { createRequire } from "node:module";
import { count } from "./counter.mjs";

const require = createRequire(import.meta.url);
let own = 0;

export default () => ({ next: () => `${++own}${count()}${require("./counter.cjs").count()}` });
