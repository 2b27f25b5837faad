import { defineConfig, type Plugin } from "vite";

/**
 * Puts scripts and styles into the document: one file, which works from a disk, where modules may not be loaded, and which
 * has no reason to ask for anything. The policy makes sure that it cannot.
 */
function oneFile(): Plugin {
  return {
    name: "one-file",
    enforce: "post",
    generateBundle(_options, bundle) {
      const html = bundle["index.html"];
      if (html?.type !== "asset" || typeof html.source !== "string")
        throw new Error("Expected an index.html, got none.");
      let [scripts, styles] = ["", ""];
      for (const [name, file] of Object.entries(bundle)) {
        if (file === html) continue;
        if (file.type === "chunk") scripts += file.code;
        else if (name.endsWith(".css")) styles += file.source;
        else throw new Error(`Expected scripts and styles only, got ${name}.`);
        delete bundle[name];
      }
      const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";
      const head = [
        `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
        `<style>${styles}</style>`,
        `<script type="module">${scripts.replaceAll("</script", "<\\/script")}</script>`,
      ].join("\n");
      // A function, because a $ in the code would be a reference.
      html.source = html.source
        .replace(/\s*<(script|link)[^>]*(src|href)="\.\/assets[^>]*>(<\/script>)?/g, "")
        .replace("</head>", () => `${head}\n</head>`);
    },
  };
}

export default defineConfig({
  base: "./",
  build: { outDir: "dist/page", emptyOutDir: true, modulePreload: false, target: "es2022" },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [oneFile()],
});
