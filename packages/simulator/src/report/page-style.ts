/** The style of a report's page, light and dark. */
export const PAGE_STYLE = `
:root {
  --page: #ffffff; --text: #1b1f24; --muted: #5a6370; --grid: #e6e8eb; --panel: #f5f6f8; --band: #8a94a633;
  --pass: #17743b; --fail: #c01b1b; --fail-fill: #c01b1b26; --unknown: #8a5a00;
  --fault-clock: #d98a00; --fault-process: #7a4fd0; --fault-store: #00859b;
  --line-1: #1f6fd1; --line-1-fill: #1f6fd126; --line-2: #b8500f; --line-2-fill: #b8500f26; --line-3: #13804f;
  --line-4: #8a3fb8; --line-5: #b62e63; --line-6: #6a6f00; --line-7: #00798c; --line-8: #7b5230;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --text: #e8eaed; --muted: #a3abb6; --grid: #2a2f36; --panel: #1e2228; --band: #8a94a633;
    --pass: #5fce8a; --fail: #ff7b72; --fail-fill: #ff7b7226; --unknown: #e3b341;
    --fault-clock: #d99a2b; --fault-process: #9a7bea; --fault-store: #2fa5b8;
    --line-1: #6aa8ff; --line-1-fill: #6aa8ff26; --line-2: #f0975a; --line-2-fill: #f0975a26; --line-3: #5ccf97;
    --line-4: #c792ea; --line-5: #f07aa8; --line-6: #c9cf4a; --line-7: #4fc9dc; --line-8: #c9a27c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1160px; margin: 0 auto; padding: 16px; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 12px; }
h1 { font-size: 24px; margin: 0; } h2 { font-size: 18px; margin: 32px 0 8px; } h3 { font-size: 15px; margin: 0; }
dl { display: flex; flex-wrap: wrap; gap: 12px 28px; margin: 16px 0; }
dt { color: var(--muted); font-size: 13px; } dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.note, figcaption span { color: var(--muted); font-size: 13px; margin: 0 0 12px; }
.verdict { font-weight: 600; white-space: nowrap; }
.verdict.pass { color: var(--pass); } .verdict.fail { color: var(--fail); } .verdict.unknown { color: var(--unknown); }
header .verdict { border: 1px solid; border-radius: 6px; padding: 2px 10px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; color: var(--muted); font-weight: 500; font-size: 13px; }
th, td { padding: 5px 16px 5px 0; border-bottom: 1px solid var(--grid); vertical-align: top; }
td { font-variant-numeric: tabular-nums; }
table.coverage { width: auto; }
table.violations td:last-child { min-width: 300px; }
.id { font-family: ui-monospace, monospace; font-size: 13px; }
.swatch { display: inline-block; width: 10px; height: 10px; margin-right: 6px; border-radius: 2px; }
.swatch.clock { background: var(--fault-clock); } .swatch.process { background: var(--fault-process); }
.swatch.store { background: var(--fault-store); }
figure { margin: 0 0 20px; } figcaption { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 10px; }
.u-legend { text-align: left; font-size: 13px; } .u-legend.u-inline tr { margin-right: 12px; }
.u-legend th, .u-legend td { border: 0; padding: 0 3px 0 0; font-variant-numeric: tabular-nums; }
.u-legend th { color: var(--text); } .u-select { background: color-mix(in srgb, var(--text) 12%, transparent); }
.copyable { background: var(--panel); border-radius: 6px; padding: 10px; display: flex; gap: 10px; align-items: start; }
.copyable pre { margin: 0; flex: 1; min-width: 0; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; }
button { font: inherit; font-size: 13px; color: inherit; background: var(--page); border: 1px solid var(--grid); border-radius: 6px; padding: 3px 10px; cursor: pointer; }
summary { cursor: pointer; margin-bottom: 8px; }
`;
