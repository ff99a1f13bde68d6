import type { Funnel } from '../../analysis/funnel.js';
import { counted, fixed, percent } from '../format.js';
import { element, label } from '../svg/element.js';
import { type Canvas, svg } from '../svg/frame.js';

interface Level {
  readonly name: string;
  readonly count: number;
  /** What was lost on the way to this level. */
  readonly lost: string;
}

const ROW = 46;

const held = ({ holds }: Funnel, stage: string): number =>
  holds.filter((row) => row.stage === stage).reduce((sum, row) => sum + row.count, 0);

const levelsOf = (funnel: Funnel): Level[] => {
  const { signals, refusedAt, executed, unknown } = funnel;
  const valid = signals - refusedAt.validate - held(funnel, 'validate');
  const approved = valid - refusedAt.assess - held(funnel, 'assess');
  const lost = (refused: number, waiting: number): string =>
    [refused > 0 ? `${fixed(refused)} refused` : '', waiting > 0 ? `${fixed(waiting)} held` : '']
      .filter((text) => text !== '')
      .join(', ');
  return [
    { name: 'Signals', count: signals, lost: '' },
    { name: 'Valid', count: valid, lost: lost(refusedAt.validate, held(funnel, 'validate')) },
    { name: 'Within risk', count: approved, lost: lost(refusedAt.assess, held(funnel, 'assess')) },
    {
      name: 'Taken by the venue',
      count: executed,
      lost: [lost(refusedAt.execute, held(funnel, 'execute')), unknown > 0 ? `${fixed(unknown)} unknown` : '']
        .filter((text) => text !== '')
        .join(', '),
    },
  ];
};

/** How many signals each stage let through. */
export const funnelChart =
  (funnel: Funnel) =>
  (canvas: Canvas): string => {
    const { width, narrow } = canvas;
    const levels = levelsOf(funnel);
    const left = narrow ? 0 : 150;
    const room = width - left - (narrow ? 60 : 190);
    const rows = levels.map(({ name, count, lost }, i) => {
      const top = i * (narrow ? ROW + 6 : ROW);
      const bar = top + (narrow ? 18 : 8);
      const share = funnel.signals === 0 ? 0 : count / funnel.signals;
      const before = levels[i - 1]?.count ?? count;
      const full = funnel.signals === 0 ? 0 : (before / funnel.signals) * room;
      const end = left + Math.max(share * room, 1);
      const figures = `${fixed(count)}${i === 0 ? '' : ` · ${percent(funnel.signals === 0 ? null : share)}`}`;
      const parts = [
        element('rect', { class: 'lost', x: left, y: bar, width: full, height: 22, rx: 2 }),
        element('rect', {
          class: 'kept',
          x: left,
          y: bar,
          width: Math.max(share * room, 1),
          height: 22,
          rx: 2,
        }),
        narrow
          ? label(0, top + 12, name, { kind: 't strong' }) +
            label(width, top + 12, figures, { anchor: 'end', kind: 't strong' })
          : label(left - 14, bar + 15, name, { anchor: 'end', kind: 't strong' }) +
            label(left + Math.max(full, end - left) + 10, bar + 15, figures, { kind: 't strong' }),
        lost === '' || full - share * room < lost.length * 6 + 12
          ? ''
          : label(end + 8, bar + 15, lost, { kind: 't' }),
      ];
      return parts.join('');
    });
    const about = `${counted(funnel.signals, 'signal')}, ${fixed(funnel.executed)} taken by the venue`;
    return svg(canvas, levels.length * (narrow ? ROW + 6 : ROW), about, rows.join(''));
  };
