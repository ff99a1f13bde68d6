import type { PriceSeries } from '../../analysis/bar-series.js';
import type { Trade } from '../../analysis/trade.js';
import { closeUp } from '../charts/close-up.js';
import { priceChart } from '../charts/price-chart.js';
import type { ReportContext } from '../context.js';
import { escapeHtml } from '../escape.js';
import { counted, signed } from '../format.js';
import type { ReportSection } from '../section.js';
import { responsive } from '../svg/frame.js';

/** Pictures of more symbols would bury the rest. */
const MOST_SYMBOLS = 6;

/** The best, the median and the worst of the trades that are long enough to be seen. */
const examples = (trades: readonly Trade[], series: PriceSeries): (readonly [string, Trade])[] => {
  const [first] = series.bars[0] ?? [0];
  const visible = trades.filter((t) => t.heldMs >= 3 * series.barMs && t.entryTime > first);
  const sorted = [...visible].sort((a, b) => b.net - a.net);
  const [best, middle, worst] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  if (best === undefined || middle === undefined || worst === undefined || sorted.length < 3) return [];
  return [
    ['Best', best],
    ['Median', middle],
    ['Worst', worst],
  ];
};

const legend = `<p class="legend"><span class="key buy"></span>buy <span class="key sell"></span>sell
<span class="key exit"></span>exit <span class="key win"></span>won <span class="key lose"></span>lost</p>`;

/** The price of each symbol with its trades, and three trades from near. */
export const priceSection = ({ result, formats }: ReportContext): ReportSection | undefined => {
  const { currency } = result.account;
  const drawn = result.prices.filter(({ bars }) => bars.length > 1);
  if (drawn.length === 0) return undefined;
  const parts = drawn.slice(0, MOST_SYMBOLS).map((series) => {
    const trades = [...result.trades, ...result.openTrades].filter((t) => t.symbol === series.symbol);
    const near = examples(
      result.trades.filter((t) => t.symbol === series.symbol),
      series,
    ).flatMap(([name, trade]) => {
      const picture = closeUp(series, trade, formats, currency);
      const r = trade.r === null ? '' : `, ${signed(trade.r, 2)} R`;
      const caption = `${name}: ${formats.signedMoney(trade.net)} ${escapeHtml(currency)}${r}`;
      return picture === '' ? [] : [`<figure><figcaption>${caption}</figcaption>${picture}</figure>`];
    });
    return `<h3>${escapeHtml(series.symbol)}</h3>
<figure>${responsive(priceChart(series, trades, formats, currency))}${trades.length === 0 ? '' : legend}</figure>
${near.length === 0 ? '' : `<div class="trio">${near.join('\n')}</div>`}`;
  });
  const rest = drawn.length - MOST_SYMBOLS;
  const more = rest > 0 ? `<p class="quiet">${counted(rest, 'more symbol')} not drawn.</p>` : '';
  return { id: 'price', title: 'Price, entries and exits', html: parts.join('\n') + more };
};
