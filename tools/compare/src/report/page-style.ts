/** The style of the page, light and dark. */
export const PAGE_STYLE = `
:root { --page: #ffffff; --text: #1b1f24; --muted: #5a6370; --grid: #e6e8eb; --bar: #1f6fd1; --yes: #17743b; --no: #c01b1b; --unknown: #8a5a00; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171b; --text: #e8eaed; --muted: #a3abb6; --grid: #2a2f36; --bar: #6aa8ff; --yes: #5fce8a; --no: #ff7b72; --unknown: #e3b341; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1500px; margin: 0 auto; padding: 16px; }
h1 { font-size: 24px; margin: 0; } h2 { font-size: 18px; margin: 32px 0 8px; }
p { color: var(--muted); margin: 4px 0 12px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; }
th { text-align: left; font-weight: 600; } tbody th { color: var(--muted); font-weight: 500; min-width: 150px; }
th, td { padding: 5px 14px 5px 0; border-bottom: 1px solid var(--grid); vertical-align: top; white-space: pre-line; min-width: 130px; }
td { font-variant-numeric: tabular-nums; }
td.unmeasured { color: var(--muted); font-style: italic; }
td.yes { color: var(--yes); } td.no { color: var(--no); } td.unknown { color: var(--unknown); }
figure { margin: 0 0 24px; } figcaption span { color: var(--muted); font-size: 13px; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(560px, 100%), 1fr)); gap: 0 24px; }
svg { width: 100%; height: auto; font-size: 13px; }
svg text { fill: var(--text); } svg text.figure { fill: var(--muted); } svg rect { fill: var(--bar); }
`;
