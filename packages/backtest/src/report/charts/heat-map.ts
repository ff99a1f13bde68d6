import type { SignalTimes } from '../../analysis/signal-times.js';
import { counted, fixed } from '../format.js';
import { element, label, tooltip } from '../svg/element.js';
import { type Canvas, svg } from '../svg/frame.js';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Signals by weekday and hour of UTC: the darker, the more. */
export const heatMap =
  ({ heat }: SignalTimes) =>
  (canvas: Canvas): string => {
    const { width, narrow } = canvas;
    const left = narrow ? 30 : 40;
    const cell = (width - left) / 24;
    const height = narrow ? 18 : 26;
    const most = Math.max(1, ...heat.flat());
    const rows = weekdays.map((name, row) => {
      const y = row * height;
      const cells = Array.from({ length: 24 }, (_, hour) => {
        const count = heat[row]?.[hour] ?? 0;
        const x = left + hour * cell;
        const share = count / most;
        const figure =
          narrow || count === 0
            ? ''
            : label(x + cell / 2, y + height / 2 + 4, fixed(count), {
                anchor: 'middle',
                kind: share > 0.55 ? 't cell on' : 't cell',
              });
        const box = {
          class: count === 0 ? 'empty' : 'heat',
          x: x + 1,
          y: y + 1,
          width: cell - 2,
          height: height - 2,
        };
        // Even the least is told from nothing.
        const opacity = count === 0 ? {} : { 'fill-opacity': (0.14 + 0.86 * share).toFixed(3) };
        const text = `${name} ${String(hour).padStart(2, '0')}:00 UTC: ${counted(count, 'signal')}`;
        return element('rect', { ...box, ...opacity, rx: 2 }, tooltip(text)) + figure;
      });
      return label(left - 8, y + height / 2 + 4, name, { anchor: 'end' }) + cells.join('');
    });
    const bottom = weekdays.length * height;
    const hours = [0, 3, 6, 9, 12, 15, 18, 21]
      .map((hour) =>
        label(left + (hour + 0.5) * cell, bottom + 15, String(hour).padStart(2, '0'), { anchor: 'middle' }),
      )
      .join('');
    return svg(canvas, bottom + 20, 'Signals by weekday and hour', rows.join('') + hours);
  };
