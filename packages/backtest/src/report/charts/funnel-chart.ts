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

const BAR = 22;
/** Widths of text are not known here: a label is taken to be this wide a letter, px. */
const LETTER = 6.4;

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

/** Where the parts of a level stand, px. */
interface Row {
  readonly left: number;
  readonly top: number;
  /** Width of what came in and of what is left. */
  readonly before: number;
  readonly after: number;
}

const bars = ({ left, top, before, after }: Row): string =>
  element('rect', { class: 'lost', x: left, y: top, width: before, height: BAR, rx: 2 }) +
  element('rect', { class: 'kept', x: left, y: top, width: Math.max(after, 1), height: BAR, rx: 2 });

/** What was lost stands in the gap it left, or behind it when that is too small. */
const lostLabel = (text: string, { left, top, before, after }: Row, behind: number): string => {
  const fits = before - after > text.length * LETTER + 14;
  return text === '' ? '' : label(left + (fits ? after : before) + (fits ? 8 : behind), top + 15, text);
};

/** How many signals each stage let through. */
export const funnelChart =
  (funnel: Funnel) =>
  (canvas: Canvas): string => {
    const { width, narrow } = canvas;
    const levels = levelsOf(funnel);
    const left = narrow ? 0 : 150;
    const room = width - left - (narrow ? 100 : 260);
    const height = narrow ? 52 : 44;
    const widthOf = (count: number): number => (funnel.signals === 0 ? 0 : (count / funnel.signals) * room);
    const rows = levels.map(({ name, count, lost }, i) => {
      const share = i === 0 || funnel.signals === 0 ? '' : ` · ${percent(count / funnel.signals)}`;
      const figures = fixed(count) + share;
      const before = widthOf(levels[i - 1]?.count ?? count);
      const row: Row = { left, top: i * height + (narrow ? 18 : 8), before, after: widthOf(count) };
      const strong = { kind: 't strong', anchor: 'end' } as const;
      const texts = narrow
        ? label(0, row.top - 6, name, { kind: 't strong' }) +
          label(width, row.top - 6, figures, strong) +
          lostLabel(lost, row, 8)
        : label(left - 14, row.top + 15, name, strong) +
          label(left + before + 10, row.top + 15, figures, { kind: 't strong' }) +
          lostLabel(lost, row, 24 + figures.length * LETTER);
      return bars(row) + texts;
    });
    const about = `${counted(funnel.signals, 'signal')}, ${fixed(funnel.executed)} taken by the venue`;
    return svg(canvas, levels.length * height, about, rows.join(''));
  };
