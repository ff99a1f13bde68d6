import type { HanseiReport } from './hansei.js';
import type { HanseiAsk } from './hansei-asks.js';
import { short } from './hansei-points.js';
import type { ParetoResult } from './pareto.js';

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

const percent = (fraction: number | undefined): string =>
  fraction === undefined ? '' : `${short(fraction * 100)} %`;

const causeLines = ({ rows }: ParetoResult): readonly string[] =>
  rows.map(
    ({ cause, loss, share, cumulativeShare, vital }) =>
      `${cause}: ${short(loss)} (${percent(share)}, together ${percent(cumulativeShare)})${vital ? ', vital' : ''}`,
  );

const askLines = (asks: readonly HanseiAsk[]): readonly string[] =>
  asks.map(({ question, owner }) => (owner === undefined ? question : `${owner}: ${question}`));

const sectionsOf = (report: HanseiReport): readonly Section[] => {
  const { facts, currency, wentWell, wentBadly, unclear, causes, losses, learnings, actions, notes } = report;
  const { decided, executed, refused, held, unknown, trades, winRate, profit, promises, kept } = facts;
  const sections = [
    {
      title: 'Facts',
      lines: [
        ...notes.map(({ detail }) => detail),
        `Decisions: ${decided} (${executed} executed, ${refused} refused, ${held} held, ${unknown} unknown)`,
        `Trades: ${trades}${trades === 0 ? '' : `, ${percent(winRate)} won, ${short(profit)} ${currency}`}`,
        ...(promises === 0 ? [] : [`Promises kept: ${kept} of ${promises}`]),
      ],
    },
    { title: 'What went well', lines: wentWell.map(({ text }) => text) },
    { title: 'What did not', lines: wentBadly.map(({ text }) => text) },
    { title: 'What is unclear', lines: unclear.map(({ text }) => text) },
    { title: 'Top causes', lines: causeLines(causes) },
    { title: `Losses (${currency})`, lines: causeLines(losses) },
    { title: 'Learnings asked for', lines: askLines(learnings) },
    { title: 'Actions asked for', lines: askLines(actions) },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

/** The report as plain text, for a log, a terminal or a chat. */
export const hanseiText = (report: HanseiReport): string =>
  [
    `Hansei of ${report.day}`,
    ...sectionsOf(report).map(({ title, lines }) =>
      [title, ...lines.map((line) => `  - ${oneLine(line)}`)].join('\n'),
    ),
  ]
    .join('\n\n')
    .concat('\n');

// Names and texts come from outside; they must neither format the report nor bring links and HTML into it.
const escaped = (text: string): string => oneLine(text).replace(/[\\`*_[\]<>#|~&]/g, '\\$&');

/** The report as Markdown (CommonMark); what people wrote stands in it as they wrote it. */
export const hanseiMarkdown = (report: HanseiReport): string =>
  [
    `# Hansei of ${report.day}`,
    ...sectionsOf(report).map(({ title, lines }) =>
      [`## ${escaped(title)}`, '', ...lines.map((line) => `- ${escaped(line)}`)].join('\n'),
    ),
  ]
    .join('\n\n')
    .concat('\n');
