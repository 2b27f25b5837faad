#!/usr/bin/env node
// The quick commands are bundled, so that one ID or one decoded line does not load two hundred modules one by one.
const STAY_MODULES = ["simulate", "plan", "compare", "serve"];
await import(STAY_MODULES.includes(process.argv[2]) ? "../dist/main.js" : "../bundle/main.js");
