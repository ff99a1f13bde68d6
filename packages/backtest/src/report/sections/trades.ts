import type { Trade } from '../../analysis/trade.js';
import { type ReportContext, sessionName } from '../context.js';
import { escapeHtml } from '../escape.js';
import { counted, dateTime, duration, fixed, signed } from '../format.js';
import type { ReportSection } from '../section.js';
import { type Column, table } from '../table.js';

/** A page with more rows helps nobody; the JSON has them all. */
const MOST_ROWS = 500;

const columnsOf = ({ result, formats }: ReportContext): Column<Trade>[] => {
  const several = result.instruments.length > 1;
  const runs = result.breakdown.owner.length > result.breakdown.symbol.length;
  const columns: (Column<Trade> | false)[] = [
    { head: '#', text: true, cell: (t) => fixed(t.number) },
    several && { head: 'Symbol', text: true, cell: (t) => escapeHtml(t.symbol) },
    runs && { head: 'Run', text: true, cell: (t) => escapeHtml(t.owner) },
    { head: 'Side', text: true, cell: (t) => (t.side === 'buy' ? 'long' : 'short') },
    { head: 'Lots', cell: (t) => formats.lots(t.symbol, t.quantity) },
    { head: 'Entry, UTC', text: true, cell: (t) => dateTime(t.entryTime) },
    { head: 'at', cell: (t) => formats.price(t.symbol, t.entryPrice) },
    { head: 'Stop', cell: (t) => formats.price(t.symbol, t.stop) },
    { head: 'Exit, UTC', text: true, cell: (t) => dateTime(t.exitTime) },
    { head: 'at', cell: (t) => formats.price(t.symbol, t.exitPrice) },
    { head: 'Ended by', text: true, cell: (t) => t.exit ?? 'open' },
    { head: 'Held', cell: (t) => duration(t.heldMs) },
    {
      head: 'Net',
      cell: (t) =>
        t.exit === null ? `${formats.signedMoney(t.floating)} floating` : formats.signedMoney(t.net),
      tone: (t) => (t.exit === null ? t.floating : t.net),
    },
    { head: 'R', cell: (t) => signed(t.r, 2), tone: (t) => t.r },
    { head: 'Best, pips', cell: (t) => formats.pips(t.symbol, t.favourable) },
    { head: 'Worst, pips', cell: (t) => formats.pips(t.symbol, t.adverse) },
    { head: 'Session', text: true, cell: (t) => escapeHtml(sessionName(t.session)) },
    { head: 'Volatility', text: true, cell: (t) => t.volatility },
  ];
  return columns.filter((column) => column !== false);
};

/** Every trade, the open ones last. */
export const tradesSection = (context: ReportContext): ReportSection | undefined => {
  const all = [...context.result.trades, ...context.result.openTrades];
  if (all.length === 0) return undefined;
  const rest = all.length - MOST_ROWS;
  const more =
    rest > 0 ? `<p class="quiet">${counted(rest, 'more trade')} in the JSON of this result.</p>` : '';
  return {
    id: 'trades',
    title: 'Trades',
    html: `<div class="tall">${table(columnsOf(context), all.slice(0, MOST_ROWS))}</div>${more}`,
  };
};
