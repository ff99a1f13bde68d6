import type { Trade } from '../../analysis/trade.js';
import { dateTime, duration, type Formats, signed } from '../format.js';
import { element, line, px, tooltip } from '../svg/element.js';
import type { Scale } from '../svg/scale.js';

/** Where the marks of a trade go. */
export interface MarkScales {
  readonly x: Scale;
  readonly y: Scale;
  /** Half the width of an arrow, px. */
  readonly size: number;
  readonly withStops: boolean;
}

/** A trade in words, for a pointer that rests on it. */
export const tradeText = (trade: Trade, formats: Formats, currency: string): string => {
  const { symbol, side, entryPrice, exitPrice } = trade;
  const r = trade.r === null ? '' : ` (${signed(trade.r, 2)} R)`;
  return [
    `#${trade.number} ${side} ${formats.lots(symbol, trade.quantity)} ${symbol}: ${formats.signedMoney(trade.net)} ${currency}${r}`,
    `${dateTime(trade.entryTime)} at ${formats.price(symbol, entryPrice)}`,
    `${dateTime(trade.exitTime)} at ${formats.price(symbol, exitPrice)}, ${trade.exit ?? 'open'}, after ${duration(trade.heldMs)}`,
  ].join('\n');
};

/** An arrow head that points up for a buy and down for a sell, its tip at the price. */
const arrow = (x: number, y: number, side: Trade['side'], size: number): string => {
  const down = side === 'buy' ? 1 : -1;
  const base = px(y + down * size * 1.8);
  return `M${px(x)} ${px(y)}L${px(x - size)} ${base}L${px(x + size)} ${base}Z`;
};

/** Entry, exit and what lies between them; the stop where it was placed. */
export const tradeMark = (trade: Trade, text: string, { x, y, size, withStops }: MarkScales): string => {
  const kind = trade.net >= 0 ? 'win' : 'lose';
  const [x1, y1] = [x(trade.entryTime), y(trade.entryPrice)];
  const [x2, y2] = [x(trade.exitTime ?? trade.entryTime), y(trade.exitPrice ?? trade.entryPrice)];
  const stop =
    withStops && trade.stop !== null
      ? line(x1, y(trade.stop), Math.max(x2, x1 + 6), y(trade.stop), 'stop')
      : '';
  const parts = [
    tooltip(text),
    stop,
    line(x1, y1, x2, y2, 'link'),
    element('path', { d: arrow(x1, y1, trade.side, size) }),
    element('circle', { cx: x2, cy: y2, r: size * 0.7 }),
  ];
  return element('g', { class: `trade ${kind}` }, parts.join(''));
};
