import { counted, fixed, signed } from '../format.js';
import { element, label, line, tooltip } from '../svg/element.js';
import { type Canvas, type Plot, svg, valueAxis } from '../svg/frame.js';
import { extent, linear } from '../svg/scale.js';
import { niceTicks } from '../svg/ticks.js';

const widthOf = (span: number, wanted: number): number => {
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 2.5, 5, 10].find((f) => f * power >= rough) ?? 10) * power;
};

/** Results of trades in bins of equal width; zero is always an edge, so that no bin mixes wins and losses. */
export const histogram =
  (values: readonly number[], unit: string, mean: number | null) =>
  (canvas: Canvas): string => {
    const { width, narrow } = canvas;
    const plot: Plot = { left: narrow ? 30 : 40, right: width - 4, top: 20, bottom: narrow ? 170 : 210 };
    const [low, high] = extent([...values, 0]);
    const bin = high > low ? widthOf(high - low, narrow ? 16 : 30) : 1;
    const first = Math.floor(low / bin + 1e-9);
    const last = Math.max(first + 1, Math.ceil(high / bin - 1e-9));
    const counts = new Array<number>(last - first).fill(0);
    for (const value of values) {
      // A value on an edge counts to the bin away from zero; exactly zero to the first above.
      const place = value < 0 ? Math.ceil(value / bin - 1e-9) - 1 : Math.floor(value / bin + 1e-9);
      const i = Math.min(counts.length - 1, Math.max(0, place - first));
      counts[i] = (counts[i] as number) + 1;
    }
    const most = Math.max(1, ...counts);
    const x = linear(first * bin, last * bin, plot.left, plot.right);
    const y = linear(0, most, plot.bottom, plot.top);
    const decimals = Math.max(
      0,
      -Math.floor(Math.log10(bin) + 1e-9) + (bin.toString().endsWith('25') ? 1 : 0),
    );
    const bars = counts.map((count, i) => {
      const from = (first + i) * bin;
      if (count === 0) return '';
      const text = `${signed(from, decimals)} to ${signed(from + bin, decimals)} ${unit}: ${counted(count, 'trade')}`;
      const box = {
        x: x(from) + 1,
        y: y(count),
        width: Math.max(1, x(from + bin) - x(from) - 2),
        height: plot.bottom - y(count),
      };
      return element('rect', { class: from < 0 ? 'bar lose' : 'bar win', ...box, rx: 1 }, tooltip(text));
    });
    const edges = niceTicks(first * bin, last * bin, width / 80, (v, d) => signed(v, d)).map(
      ({ value, label: text }) => label(x(value), plot.bottom + 17, text, { anchor: 'middle' }),
    );
    const average =
      mean === null
        ? ''
        : line(x(mean), plot.top - 6, x(mean), plot.bottom, 'reference') +
          label(x(mean) + 6, plot.top - 6, `mean ${signed(mean, 2)} ${unit}`);
    const parts = [
      valueAxis(
        niceTicks(0, most, 4, (v, d) => (d === 0 ? fixed(v) : '')).filter((t) => t.label !== ''),
        y,
        plot,
      ),
      ...bars,
      line(plot.left, plot.bottom + 0.5, plot.right, plot.bottom + 0.5, 'axis'),
      line(x(0), plot.top, x(0), plot.bottom, 'axis'),
      average,
      ...edges,
    ];
    return svg(
      canvas,
      plot.bottom + 24,
      `Results of ${counted(values.length, 'trade')} in ${unit}`,
      parts.join(''),
    );
  };
