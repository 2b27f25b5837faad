import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import openWabt from "wabt";

const SOURCES = ["packages/core/src/ascending/ascending.wat", "packages/pool/src/encode/decimal-lines.wat"];

/**
 * A module beside each source, which holds the assembled bytes as hexadecimal digits: every engine can read those,
 * without files, without `atob`.
 */
const wabt = await openWabt();
for (const source of SOURCES) {
  const path = fileURLToPath(new URL(`../../${source}`, import.meta.url));
  const module = wabt.parseWat(path, readFileSync(path, "utf8"), { simd: true });
  module.validate();
  const hex = Buffer.from(module.toBinary({}).buffer).toString("hex");
  const name = basename(path, ".wat").replace(/-/g, "_").toUpperCase();
  const text = `/** Assembled from ${basename(path)}. */\nexport const ${name}_WASM: string =\n  "${hex}";\n`;
  const output = path.replace(/\.wat$/, ".wasm.ts");
  // An unchanged file keeps its time, so that tsc has nothing to do.
  if (!existsSync(output) || readFileSync(output, "utf8") !== text) writeFileSync(output, text);
}
