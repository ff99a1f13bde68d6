import type { PriceBar } from '../../analysis/bar-series.js';
import { element, line } from './element.js';
import type { Scale } from './scale.js';

/**
 * Candles side by side.
 * @param x - place of a bar's middle by its position in `bars`
 * @param width - of a body, px
 */
export const candles = (bars: readonly PriceBar[], x: Scale, y: Scale, width: number): string =>
  bars
    .map(([, open, high, low, close], i) => {
      const middle = x(i);
      const kind = close >= open ? 'up' : 'down';
      const top = y(Math.max(open, close));
      const height = Math.max(1, y(Math.min(open, close)) - top);
      return (
        line(middle, y(high), middle, y(low), `wick ${kind}`) +
        element('rect', { class: `body ${kind}`, x: middle - width / 2, y: top, width, height })
      );
    })
    .join('');
