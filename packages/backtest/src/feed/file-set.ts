import { byLength } from '../analysis/data-quality.js';
import { type FilePlan, type FileRequest, planFile } from '../readers/plan-file.js';
import { KEPT_GAPS } from './bar-gaps.js';
import type { FeedProgress, FeedReport } from './feed-report.js';
import { FileReading } from './file-reading.js';

/** Told now and then how far a feed is. What it throws ends the feed. */
export type ProgressListener = (progress: FeedProgress) => void;

/** The files of one symbol, by the time of their first rows. */
export interface SymbolFiles {
  readonly symbol: string;
  readonly readings: readonly FileReading[];
}

/** One pass over a set of files, and the account of it. */
export class FileSet {
  readonly #requests: readonly FileRequest[];
  #readings: readonly FileReading[] = [];
  #complete = false;

  constructor(requests: readonly FileRequest[]) {
    this.#requests = requests;
  }

  /**
   * Looks at the beginning of every file, so that what cannot be read fails before anything is told.
   * @returns the symbols in the order in which they were named
   * @throws what {@link planFile} throws
   */
  async open(): Promise<readonly SymbolFiles[]> {
    const plans: FilePlan[] = [];
    for (const request of this.#requests) plans.push(await planFile(request));
    const symbols = [...new Set(plans.map((plan) => plan.request.symbol))].map((symbol) => ({
      symbol,
      readings: plans
        .filter((plan) => plan.request.symbol === symbol)
        .sort((a, b) => a.from - b.from)
        .map((plan) => new FileReading(plan)),
    }));
    this.#readings = symbols.flatMap(({ readings }) => readings);
    return symbols;
  }

  /** The files were read to their ends. */
  complete(): void {
    this.#complete = true;
  }

  progress(): FeedProgress {
    const sum = (of: (reading: FileReading) => number) =>
      this.#readings.reduce((total, r) => total + of(r), 0);
    return {
      rows: sum((r) => r.tally.rows),
      bytes: sum((r) => r.bytes),
      totalBytes: sum((r) => r.plan.size),
    };
  }

  report(): FeedReport {
    const files = this.#readings.map((reading) => reading.report());
    return {
      files,
      rows: files.reduce((sum, file) => sum + file.rows, 0),
      rejectedRows: files.reduce((sum, file) => sum + file.rejectedRows, 0),
      gaps: files.reduce((sum, file) => sum + file.gaps, 0),
      missingBars: files.reduce((sum, file) => sum + file.missingBars, 0),
      longestGaps: files
        .flatMap((file) => file.longestGaps)
        .sort(byLength)
        .slice(0, KEPT_GAPS),
      complete: this.#complete,
    };
  }
}
