/** The page's style: one accent, two tones for gain and loss that colour-blind readers tell apart, figures in columns. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fff; --raised: #f6f7f9; --ink: #16191d; --soft: #5a6472; --rule: #e3e6ea; --strong-rule: #b9c0c9;
  --accent: #2459b3; --gain: #0b7568; --loss: #b4481e; --alert: #b3261e; --alert-back: #fdf0ee; --note-back: #f8f5ea;
  --note: #6f5600;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121519; --raised: #1a1e24; --ink: #e6e9ed; --soft: #99a3b0; --rule: #2a3038; --strong-rule: #4a535f;
    --accent: #84aef5; --gain: #45bfae; --loss: #ee8c5e; --alert: #ff8a80; --alert-back: #331b1a; --note-back: #262314;
    --note: #d9bf6a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  margin: 0 auto; max-width: 1060px; padding: 40px 40px 80px; background: var(--page); color: var(--ink);
  font: 15px/1.55 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums lining-nums;
}
h1 { margin: 0; font-size: 30px; line-height: 1.2; font-weight: 650; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { margin: 0 0 18px; font-size: 19px; font-weight: 650; letter-spacing: -0.01em; }
h3 { margin: 0 0 6px; font-size: 14px; font-weight: 650; }
p { margin: 0 0 12px; max-width: 72ch; }
ul { margin: 0 0 12px; padding-left: 20px; max-width: 80ch; }
code { font: 0.92em ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
small { display: block; color: var(--soft); font-size: 12px; line-height: 1.4; font-weight: 400; }
.eyebrow { margin: 0 0 6px; font-size: 12px; font-weight: 600; letter-spacing: 0.08em; text-transform: uppercase; color: var(--soft); }
.about { margin: 10px 0 0; color: var(--soft); max-width: none; }
.about span:not(:last-child)::after { content: "\\00b7"; margin: 0 8px; }
.badge { padding: 2px 9px; border-radius: 3px; background: var(--alert); color: var(--page); font-weight: 700; font-size: 13px; white-space: nowrap; }
header { padding-bottom: 22px; border-bottom: 1px solid var(--rule); }
.sentence { margin: 24px 0 16px; font-size: 17px; }
.warnings { list-style: none; margin: 0 0 24px; padding: 0; max-width: none; display: grid; gap: 6px; }
.warnings li { padding: 8px 14px; border-left: 3px solid; border-radius: 0 3px 3px 0; font-size: 14px; }
.grave { background: var(--alert-back); border-color: var(--alert); color: var(--alert); font-weight: 600; }
.mild { background: var(--note-back); border-color: var(--note); color: var(--note); }
.shout { color: var(--alert); font-size: 17px; font-weight: 700; }
.headline { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1px; background: var(--rule); border-block: 1px solid var(--rule); }
.figure { display: flex; flex-direction: column; padding: 16px 18px 14px 0; background: var(--page); }
.figure:not(:nth-child(4n + 1)) { padding-left: 18px; }
.figure .name { font-size: 13px; color: var(--soft); }
.figure .value { font-size: 25px; line-height: 1.35; font-weight: 620; letter-spacing: -0.015em; white-space: nowrap; }
.figure .value.none { color: var(--soft); }
.figure .note { font-size: 12.5px; color: var(--soft); }
.gain { color: var(--gain); }
.loss { color: var(--loss); }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 18px 0 0; font-size: 13.5px; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
section { margin-top: 52px; }
figure { margin: 0 0 20px; }
figcaption { font-size: 12.5px; color: var(--soft); margin: 4px 0; }
.quiet { color: var(--soft); font-size: 13.5px; }
.empty-note { color: var(--soft); font-size: 16px; }
.nowrap { white-space: nowrap; }
.brief { display: inline-block; max-width: 24ch; white-space: normal; }
.meaning { min-width: 190px; }
.hash { display: block; margin-top: 4px; }
.facts { display: grid; grid-template-columns: repeat(4, 1fr); gap: 14px 24px; margin: 0 0 24px; }
.facts > div { border-top: 1px solid var(--rule); padding-top: 8px; }
.facts dt { font-size: 12.5px; color: var(--soft); }
.facts dd { margin: 0; font-size: 16px; font-weight: 600; }
.scroll { overflow-x: auto; margin: 0 0 24px; }
.tall .scroll { max-height: 640px; overflow: auto; border-bottom: 1px solid var(--rule); }
.tall thead th { position: sticky; top: 0; background: var(--page); z-index: 1; box-shadow: inset 0 -1px var(--strong-rule); }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
caption { text-align: left; color: var(--soft); font-size: 12.5px; padding: 0 0 6px; }
th, td { padding: 6px 18px 6px 0; border-bottom: 1px solid var(--rule); vertical-align: top; font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-bottom: 1px solid var(--strong-rule); font-weight: 600; font-size: 12.5px; color: var(--soft); white-space: nowrap; vertical-align: bottom; }
.text { text-align: left; }
.num { text-align: right; white-space: nowrap; }
.tall td, .tall tbody th { white-space: nowrap; }
tbody td.gain { color: var(--gain); }
tbody td.loss { color: var(--loss); }
.even table { table-layout: fixed; min-width: 560px; }
.even th:first-child { width: 26%; }
.tall table { font-size: 12.5px; }
.tall th, .tall td { padding-right: 11px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 40px; }
.trio { display: grid; grid-template-columns: repeat(3, 1fr); gap: 20px; }
.trio figcaption { color: var(--ink); font-weight: 600; margin: 0 0 6px; }
.legend { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 7px; margin: 2px 0 0; font-size: 12.5px; color: var(--soft); }
.key { width: 9px; height: 9px; margin-left: 9px; background: var(--soft); }
.key:first-child { margin-left: 0; }
.key.buy { clip-path: polygon(50% 0, 100% 100%, 0 100%); }
.key.sell { clip-path: polygon(0 0, 100% 0, 50% 100%); }
.key.exit { border-radius: 50%; }
.key.win { background: var(--gain); height: 3px; width: 14px; }
.key.lose { background: var(--loss); height: 3px; width: 14px; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
.narrow { display: none; }
.t { font-size: 11.5px; fill: var(--soft); }
.t.strong { font-weight: 600; fill: var(--ink); }
.t.reading { fill: var(--ink); white-space: pre; }
.t.cell { font-size: 10.5px; fill: var(--ink); }
.t.cell.on { fill: var(--page); }
.t.stop, .t.target { paint-order: stroke; stroke: var(--page); stroke-width: 4px; }
.t.stop { fill: var(--loss); }
.t.target { fill: var(--gain); }
.grid { stroke: var(--rule); }
.axis { stroke: var(--strong-rule); }
.reference { stroke: var(--soft); stroke-dasharray: 3 4; }
.cursor { stroke: var(--soft); }
.series { fill: none; stroke: var(--accent); stroke-width: 1.6; stroke-linejoin: round; }
.fall { fill: var(--loss); fill-opacity: 0.28; stroke: var(--loss); stroke-width: 1; }
.shade { fill: var(--loss); fill-opacity: 0.07; }
.range { fill: var(--soft); fill-opacity: 0.2; stroke: none; }
.price { fill: none; stroke: var(--soft); stroke-width: 1; stroke-linejoin: round; }
.win { color: var(--gain); }
.lose { color: var(--loss); }
.trade { fill: currentColor; stroke: none; }
.trade path, .trade circle { stroke: var(--page); stroke-width: 0.7; }
.many .trade path, .many .trade circle { stroke: none; }
.trade .link { stroke: currentColor; stroke-width: 1.4; }
.trade .stop { stroke: currentColor; stroke-width: 1; stroke-dasharray: 2 2; }
.level { stroke-dasharray: 4 3; }
.level.stop { stroke: var(--loss); }
.level.target { stroke: var(--gain); }
.wick { stroke: var(--soft); stroke-width: 1; }
.body { stroke: var(--soft); stroke-width: 1; }
.body.up { fill: var(--page); }
.body.down { fill: var(--soft); }
.kept { fill: var(--accent); }
.lost { fill: var(--raised); }
.heat { fill: var(--accent); }
.empty { fill: var(--raised); }
.bar.win { fill: var(--gain); }
.bar.lose { fill: var(--loss); }
@media (max-width: 720px) {
  body { padding: 24px 18px 56px; }
  h1 { font-size: 25px; }
  .sentence { font-size: 16px; }
  .headline { grid-template-columns: 1fr 1fr; }
  .figure, .figure:not(:nth-child(4n + 1)) { padding: 12px 12px 12px 0; }
  .figure:nth-child(even) { padding-left: 14px; }
  .figure .value { font-size: 22px; }
  .facts { grid-template-columns: 1fr 1fr; gap: 12px 18px; }
  .pair { grid-template-columns: 1fr; }
  .trio { grid-template-columns: 1fr; }
  .wide { display: none; }
  .narrow { display: block; }
  section { margin-top: 40px; }
}
@media print {
  body { max-width: none; padding: 0; }
  nav { display: none; }
  section { break-inside: avoid-page; }
  .tall .scroll { max-height: none; }
}
`;
