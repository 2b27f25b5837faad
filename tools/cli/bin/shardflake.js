#!/usr/bin/env node
// Most runs want one ID: `generate` is bundled, so that it does not load two hundred modules one by one.
await import(process.argv[2] === "generate" ? "../bundle/main.js" : "../dist/main.js");
