import type { ReportContext } from './context.js';
import { escapeHtml } from './escape.js';
import { day } from './format.js';
import { script } from './script.js';
import type { ReportSection } from './section.js';
import { headline, sentence, warningList } from './sections/headline.js';
import { style } from './style.js';

/** The page may load nothing from anywhere, whatever a section contains. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

const costsBadge = ({ result: { costs } }: ReportContext): string =>
  costs.stated === 'modelled'
    ? `<span>costs ${escapeHtml(costs.name)}</span>`
    : `<span class="badge">COSTS: ${costs.stated === 'none' ? 'NONE' : 'NOT STATED'}</span>`;

const aboutRun = (context: ReportContext): string => {
  const { instruments, account, from, to } = context.result;
  const symbols = instruments.map(({ symbol }) => symbol);
  const named =
    symbols.length > 6
      ? `${symbols.slice(0, 6).join(', ')} and ${symbols.length - 6} more`
      : symbols.join(', ');
  const period = from === null || to === null ? 'no data' : `${day(from)} – ${day(to)}`;
  const bars = [...new Set(instruments.map(({ timeframe }) => timeframe))].join(', ');
  const parts = [named, period, bars === '' ? '' : `${bars} bars`, `account in ${account.currency}`];
  return `${parts
    .filter((part) => part !== '')
    .map((part) => `<span>${escapeHtml(part)}</span>`)
    .join('')}${costsBadge(context)}`;
};

const sectionHtml = ({ id, title, html }: ReportSection): string => `<section id="${escapeHtml(id)}">
<h2>${escapeHtml(title)}</h2>
${html}
</section>`;

/** The whole page, XML-clean HTML. */
export const page = (context: ReportContext, title: string, sections: readonly ReportSection[]): string => {
  const links = sections.map(({ id, title: name }) => `<a href="#${escapeHtml(id)}">${escapeHtml(name)}</a>`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<p class="eyebrow">Back-test report</p>
<h1>${escapeHtml(title)}</h1>
<p class="about">${aboutRun(context)}</p>
</header>
<main>
<p class="sentence">${escapeHtml(sentence(context))}</p>
${warningList(context)}
${headline(context)}
<nav aria-label="Sections">${links.join('\n')}</nav>
${sections.map(sectionHtml).join('\n')}
</main>
<script>${script}</script>
</body>
</html>
`;
};
