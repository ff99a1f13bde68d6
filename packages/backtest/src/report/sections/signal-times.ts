import { heatMap } from '../charts/heat-map.js';
import { type ReportContext, sessionName } from '../context.js';
import { escapeHtml } from '../escape.js';
import { fixed, percent } from '../format.js';
import type { ReportSection } from '../section.js';
import { responsive } from '../svg/frame.js';
import { type Column, table } from '../table.js';

type Row = readonly [name: string, count: number];

/** When signals arose: by weekday and hour, by session, by volatility. */
export const signalTimesSection = ({ result }: ReportContext): ReportSection | undefined => {
  const { signalTimes, funnel } = result;
  if (funnel.signals === 0) return undefined;
  const columns = (head: string): Column<Row>[] => [
    { head, text: true, cell: ([name]) => escapeHtml(name) },
    { head: 'Signals', cell: ([, count]) => fixed(count) },
    { head: 'Share', cell: ([, count]) => percent(count / funnel.signals) },
  ];
  const rows = (counts: Readonly<Record<string, number>>): Row[] =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .sort((a, b) => b[1] - a[1]);
  const bySession = rows(signalTimes.bySession).map(([tag, count]): Row => [sessionName(tag), count]);
  return {
    id: 'signal-times',
    title: 'When signals arose',
    html: `<figure>${responsive(heatMap(signalTimes))}<figcaption>Signals by weekday and hour, UTC</figcaption></figure>
<div class="pair">${table(columns('Session'), bySession)}${table(columns('Volatility'), rows(signalTimes.byVolatility))}</div>`,
  };
};
