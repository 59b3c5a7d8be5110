/** How the page looks: light and dark, narrow and wide, on a screen and on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --line: #d9dee5; --text: #1b2430; --muted: #55606e; --link: #0b57b0; --code: #eef1f5;
  --ok: #1a7740; --error: #b3261e; --warning: #8a5300; --info: #0b57b0; --none: #5d6875;
  --ok-soft: #e3f3e8; --error-soft: #fcebe9; --warning-soft: #fdf1dc; --info-soft: #e5effb; --none-soft: #eceff3;
  --ok-fill: #4fa870; --error-fill: #d4574e; --warning-fill: #e0a33c; --none-fill: #aab3bf; --sign: #ffffff;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #10151b; --card: #181f27; --line: #303a46; --text: #e4e9ef; --muted: #a3aebb; --link: #8ebdf5; --code: #212a34;
    --ok: #6fcf97; --error: #ff958c; --warning: #f0bd62; --info: #8ebdf5; --none: #a3aebb;
    --ok-soft: #16301f; --error-soft: #3a1d1c; --warning-soft: #35290f; --info-soft: #182b44; --none-soft: #242d38;
    --ok-fill: #3d9a62; --error-fill: #d25b52; --warning-fill: #c78d2c; --none-fill: #566270; --sign: #10151b;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0 auto; max-width: 1000px; padding: 24px 16px 48px; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure, pre { margin: 0; }
ul, ol { padding: 0 0 0 1.2em; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; line-height: 1.3; margin-bottom: 12px; }
h3 { font-size: 1rem; }
h4 { font-size: .875rem; }
a { color: var(--link); text-underline-offset: 2px; }
a:focus-visible, button:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
code, pre, .code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .875em; }
code, strong, span, dd, li { unicode-bidi: isolate; }
pre code, .muted code { font-size: 1em; }
.muted, .intro { color: var(--muted); }
.muted, .intro, .facts, footer { font-size: .875rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.signs { position: absolute; }
.mark { flex: none; vertical-align: -3px; }
.mark.ok { --fill: var(--ok); } .mark.error { --fill: var(--error); } .mark.warning { --fill: var(--warning); } .mark.info { --fill: var(--info); } .mark.none { --fill: var(--none); }
.mark circle, .mark .sign, g circle, g .sign { fill: var(--fill); stroke: none; }
g path { fill: none; stroke: var(--sign); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }

.page { margin-bottom: 20px; }
.brand { margin-bottom: 12px; }
.verdict { display: flex; gap: 16px; padding: 20px; border: 1px solid var(--line); border-left: 6px solid var(--none); border-radius: 12px; background: var(--card); }
.verdict > div { min-width: 0; flex: 1; }
.verdict > .mark { width: 34px; height: 34px; margin-top: 1px; }
.verdict p { margin-top: 6px; font-size: 1.0625rem; }
.verdict.ok { border-left-color: var(--ok); } .verdict.error { border-left-color: var(--error); } .verdict.warning { border-left-color: var(--warning); } .verdict.info { border-left-color: var(--info); }
.notice { padding: 8px 12px; border-radius: 8px; background: var(--warning-soft); }
.counts { display: flex; flex-wrap: wrap; gap: 8px; margin: 14px 0; padding: 0; list-style: none; font-size: .9375rem; }
.counts li { padding: 3px 12px; border-radius: 99px; background: var(--none-soft); color: var(--muted); }
.counts .ok { background: var(--ok-soft); color: var(--ok); } .counts .error { background: var(--error-soft); color: var(--error); } .counts .warning { background: var(--warning-soft); color: var(--warning); } .counts .info { background: var(--info-soft); color: var(--info); }
.about { margin: 10px 0 0; color: var(--muted); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr)); gap: 10px 24px; }
.facts dt, article dt { color: var(--muted); font-size: .8125rem; }
nav { margin: 0 0 20px; font-size: .9375rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0; list-style: none; }

section, footer { margin-top: 28px; }
section { scroll-margin-top: 12px; }
#trust ~ *, #certificates ~ *, #unseen ~ *, #upgrade ~ *, #about ~ * { margin-bottom: 12px; }
section:has(> #trust, > #certificates, > #unseen, > #upgrade, > #about) { padding: 20px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }

.finding { margin-bottom: 16px; padding: 20px; border: 1px solid var(--line); border-left: 6px solid var(--info); border-radius: 12px; background: var(--card); }
.finding.error { border-left-color: var(--error); } .finding.warning { border-left-color: var(--warning); }
.finding header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 2px 16px; }
.finding header p { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; font-size: .875rem; }
.message { margin: 8px 0 14px; font-size: 1.0625rem; }
.state { color: var(--muted); font-size: .875rem; }
.state.ok { color: var(--ok); } .state.error { color: var(--error); font-weight: 600; } .state.warning { color: var(--warning); font-weight: 600; } .state.info { color: var(--info); }
.pill { padding: 1px 10px; border-radius: 99px; background: var(--error-soft); color: var(--error); font-weight: 600; }
.warning .pill { background: var(--warning-soft); color: var(--warning); }
article dl { margin: 14px 0; font-size: .9375rem; }
article dl > div { padding: 7px 0; border-top: 1px solid var(--line); }
.fix { padding: 12px 14px; border-radius: 8px; background: var(--code); }
.fix > p { margin-bottom: 2px; }
.command { display: flex; flex-wrap: wrap; gap: 10px; align-items: flex-start; justify-content: flex-end; margin-top: 10px; padding: 10px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
.command pre { flex: 1 1 240px; min-width: 0; white-space: pre-wrap; line-height: 1.5; }
.command code { user-select: all; -webkit-user-select: all; }
button { flex: none; min-width: 76px; padding: 4px 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--code); color: var(--text); font: inherit; font-size: .875rem; cursor: pointer; }
button:hover { border-color: var(--muted); }

.drawing { display: block; width: 100%; height: auto; margin: 4px 0 14px; }
.drawing.wide { display: none; }
.drawing.narrow { max-width: 360px; }
.drawing text { fill: var(--text); font-size: 13px; direction: ltr; unicode-bidi: isolate; }
.drawing .code { font-size: 12px; }
.drawing .strong { font-weight: 600; font-size: 14px; }
.drawing .label { fill: var(--muted); font-size: 12px; }
.drawing .stop { font-size: 12px; } .drawing .stop.none { fill: var(--muted); } .drawing .stop.error { fill: var(--error); font-weight: 600; }
.box { fill: var(--none-soft); stroke: var(--line); } .box.error { fill: var(--error-soft); stroke: var(--error); } .box.warning { fill: var(--warning-soft); stroke: var(--warning); } .box.ok { fill: var(--ok-soft); stroke: var(--ok); }
.way { fill: none; stroke: var(--ok); stroke-width: 2; } .way.error { stroke: var(--error); } .way.warning { stroke: var(--warning); } .way.none { stroke: var(--none-fill); stroke-dasharray: 3 4; } .way.plain { stroke: var(--none); } .way.head { stroke-dasharray: none; }

.path { margin-bottom: 10px; padding: 14px 20px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
#paths + .intro { margin-bottom: 12px; }
p.path, summary, .hops > li { display: flex; gap: 10px; }
p.path > span, summary > span, .hops > li > span { min-width: 0; flex: 1; }
summary { cursor: pointer; }
summary > .mark, p.path > .mark, .hops .mark { margin-top: 4px; }
details[open] > summary { margin-bottom: 16px; }
.hops { padding: 0; list-style: none; font-size: .9375rem; }
.hops > li { padding: 6px 0; border-top: 1px solid var(--line); }
.hops ul { color: var(--muted); font-size: .875rem; }

.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0; list-style: none; font-size: .875rem; color: var(--muted); }
.swatch { display: inline-block; width: 14px; height: 10px; border-radius: 3px; margin-right: 4px; }
.swatch.ok { background: var(--ok-fill); } .swatch.warning { background: var(--warning-fill); } .swatch.error { background: var(--error-fill); } .swatch.today { width: 0; height: 12px; border-left: 2px solid var(--text); border-radius: 0; vertical-align: -2px; }
.axis svg { display: block; overflow: visible; }
.axis text { font-size: 12px; fill: var(--muted); } .axis .edge { display: none; } .axis .today { fill: var(--text); font-weight: 600; }
.lifetimes { padding: 0; list-style: none; border-bottom: 1px solid var(--line); }
.lifetimes > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 4px 16px; padding: 10px 0; border-top: 1px solid var(--line); }
.track { position: relative; grid-column: 1 / -1; grid-row: 2; height: 26px; }
.lifetimes > li > p { grid-column: 1 / -1; font-size: .8125rem; }
.lifetimes code { color: var(--muted); }
.ends { display: flex; gap: 8px; font-size: .875rem; line-height: 1.35; }
.bar { position: absolute; inset: 0; width: 100%; height: 100%; overflow: hidden; }
.span.ok { fill: var(--ok-fill); } .span.warning { fill: var(--warning-fill); } .span.error, .span.expired { fill: var(--error-fill); } .span.none { fill: var(--none-fill); }
.span.gap { fill: var(--error-fill); opacity: .35; }
.bar line { stroke: var(--line); } .bar .today { stroke: var(--text); stroke-width: 2; }
.onward { fill: none; stroke: var(--card); stroke-width: 2; } .onward.error { stroke: var(--error); }
#certificates ~ h3, #unseen ~ h3 { margin: 16px 0 4px; }
footer { color: var(--muted); }

@media (min-width: 780px) {
  body { padding: 36px 32px 64px; }
  article dl > div { display: grid; grid-template-columns: 84px minmax(0, 1fr); gap: 12px; }
  article dt { padding-top: 2px; }
  .drawing.wide { display: block; } .drawing.narrow { display: none; }
  .axis { margin: 0 204px 0 216px; }
  .lifetimes > li { grid-template-columns: 200px minmax(0, 1fr) 188px; }
  .lifetimes > li > .track { grid-column: 2; grid-row: 1; height: auto; }
  .lifetimes > li > .ends { grid-column: 3; }
  .lifetimes > li > div { grid-row: 1; }
}
@media (min-width: 960px) { .axis .edge { display: inline; } }
@media print {
  @page { margin: 14mm; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  :root { color-scheme: light; --page: #ffffff; }
  html { font-size: 13px; }
  body { max-width: none; padding: 0; font-size: 13px; }
  article dl > div { display: grid; grid-template-columns: 84px minmax(0, 1fr); gap: 12px; }
  nav, button { display: none !important; }
  .drawing.wide { display: block; } .drawing.narrow { display: none; }
  h2, h3, h4, .finding header { break-after: avoid; }
  .lifetimes > li, .command, article dl > div, .hops > li, .drawing, .verdict { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
