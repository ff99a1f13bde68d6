import type { Position } from './token.js';

/** Something wrong in MQL5 sources, in MetaEditor's terms. */
export interface Problem {
  readonly at: Position;
  readonly severity: 'error' | 'warning';
  readonly text: string;
}

/** Thrown by the rewriter at the first thing that it cannot read. */
export class SourceError extends Error {
  readonly problem: Problem;

  constructor(at: Position, text: string) {
    super(`${at.file}(${at.line},${at.column}): error: ${text}`);
    this.problem = { at, severity: 'error', text };
  }
}

/** As MetaEditor prints it: `file.mq5(12,5): error: text`. */
export const problemLine = ({ at, severity, text }: Problem): string =>
  `${at.file}(${at.line},${at.column}): ${severity}: ${text}`;
