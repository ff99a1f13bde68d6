import type { BacktestResult } from '../analysis/result.js';
import type { Formats } from './format.js';

/** What every section is made from. */
export interface ReportContext {
  readonly result: BacktestResult;
  readonly formats: Formats;
  /** What a refusal's code means; `undefined` when nobody said. */
  meaning(code: string): string | undefined;
}

const sessions: Readonly<Record<string, string>> = {
  'london-new-york': 'London + New York',
  london: 'London',
  'new-york': 'New York',
  tokyo: 'Tokyo',
  off: 'Off hours',
};

/** A session's tag as people write it; other tags stay as they are. */
export const sessionName = (tag: string): string => sessions[tag] ?? tag;
