import type { ReportContext } from '../context.js';
import { escapeHtml } from '../escape.js';
import { fixed, signed } from '../format.js';
import type { ReportSection } from '../section.js';
import { facts } from '../table.js';

/** What the costs were said to be, and what was measured. */
export const costsSection = ({ result, formats }: ReportContext): ReportSection => {
  const { costs, performance, account } = result;
  const said = {
    none: '<p class="shout">COSTS: NONE. No slippage, no commission and no spread beyond that of the data was charged. Nobody can have these results.</p>',
    unstated: '<p class="shout">COSTS: NOT STATED. Nobody said what the venue charged.</p>',
    modelled: `<p>Cost model <strong>${escapeHtml(costs.name)}</strong>.</p>`,
  }[costs.stated];
  const lines =
    costs.lines.length === 0
      ? ''
      : `<ul>${costs.lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('\n')}</ul>`;
  const slippage = costs.slippageBySymbol.map(
    ({ symbol, fills, mean, worst }) =>
      [
        `Slippage, ${escapeHtml(symbol)}`,
        `${signed(mean, 2)} pips`,
        `mean of ${fixed(fills)} fills; worst ${signed(worst, 2)}`,
      ] as const,
  );
  return {
    id: 'costs',
    title: 'Costs',
    html: `${said}${lines}
<p class="quiet">Measured, in ${escapeHtml(account.currency)}. Spread and slippage are within the prices of the trades already; only commission and financing came on top.</p>
${facts([
  ['Commission', formats.money(costs.commission)],
  ['Half spreads crossed', formats.money(costs.spread)],
  ['Slippage', formats.money(costs.slippage), 'against the price each order was sent at'],
  ['Financing and other', formats.signedMoney(performance.other)],
  ['Before commission', formats.signedMoney(performance.profit), 'realised'],
  ['Still floating', formats.signedMoney(performance.floating)],
  ...slippage,
])}`,
  };
};
