import { refusalCodes } from '@mikrobot/core';
import type { BacktestResult } from '../analysis/result.js';
import type { ReportContext } from './context.js';
import { formatsOf } from './format.js';
import { page } from './page.js';
import type { ReportSection } from './section.js';
import { costsSection } from './sections/costs.js';
import { dataSection } from './sections/data.js';
import { decisionsSection } from './sections/decisions.js';
import { equitySection } from './sections/equity.js';
import { methodSection } from './sections/method.js';
import { priceSection } from './sections/price.js';
import { resultsSection } from './sections/results.js';
import { signalTimesSection } from './sections/signal-times.js';
import { tradesSection } from './sections/trades.js';

/** What {@link toHtml} is told. */
export interface HtmlOptions {
  /** Heading of the page, as plain text. */
  readonly title: string;
  /** Sections of other packages; they stand after the report's own findings. */
  readonly sections?: readonly ReportSection[];
  /** What codes of refusals mean, beside those of core. */
  readonly meanings?: Readonly<Record<string, string>>;
}

/**
 * A result as one HTML page that needs nothing else: styles, pictures and script are inside, and the page forbids itself every
 * request. Opens from a disk, follows the reader's light or dark setting, and fits a phone.
 */
export const toHtml = (
  result: BacktestResult,
  { title, sections = [], meanings = {} }: HtmlOptions,
): string => {
  const known: Readonly<Record<string, string>> = { ...refusalCodes, ...meanings };
  const context: ReportContext = {
    result,
    formats: formatsOf(result),
    meaning: (code) => (Object.hasOwn(known, code) ? known[code] : undefined),
  };
  const parts = [
    equitySection(context),
    priceSection(context),
    decisionsSection(context),
    signalTimesSection(context),
    resultsSection(context),
    costsSection(context),
    ...sections,
    dataSection(context),
    tradesSection(context),
    methodSection(context),
  ];
  return page(
    context,
    title,
    parts.filter((part) => part !== undefined),
  );
};
