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
  /** False where the words may be meant as something else, which is tried next. */
  readonly decisive: boolean;

  constructor(at: Position, text: string, decisive = true) {
    super(`${at.file}(${at.line},${at.column}): error: ${text}`);
    this.decisive = decisive;
    this.problem = { at, severity: 'error', text };
  }
}

/** As MetaEditor prints it: `file.mq5(12,5): error: text`. */
export const problemLine = ({ at, severity, text }: Problem): string =>
  `${at.file}(${at.line},${at.column}): ${severity}: ${text}`;
