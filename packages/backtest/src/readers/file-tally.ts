import { type FaultCode, faultName, type RejectedRow, type RowFault } from './row-fault.js';

/** How many rejected rows of a file are kept with their sentence. */
const keptRejections = 10;

/** Rows of a file that were rejected for one fault. */
export interface FaultCount {
  readonly fault: RowFault;
  readonly count: number;
  /** From 1, the header included. */
  readonly firstLine: number;
}

/** What became of a file's rows. */
export class FileTally {
  /** Good rows. */
  rows = 0;
  rejectedRows = 0;
  /** Rows of contracts that were not asked for. */
  filteredRows = 0;
  /** Times of the first and last good row, epoch ms. */
  from: number | undefined = undefined;
  to: number | undefined = undefined;
  readonly rejected: RejectedRow[] = [];
  readonly file: string;
  readonly #counts = new Map<RowFault, FaultCount>();

  constructor(file: string) {
    this.file = file;
  }

  /** Counts a good row. */
  accept(time: number): void {
    if (this.rows++ === 0) this.from = time;
    this.to = time;
  }

  /** Counts a bad row; the sentence is made only for the first of them. */
  reject(line: number, code: FaultCode, detail: () => string): void {
    const fault = faultName(code);
    this.rejectedRows++;
    const before = this.#counts.get(fault);
    this.#counts.set(fault, { fault, count: (before?.count ?? 0) + 1, firstLine: before?.firstLine ?? line });
    if (this.rejected.length < keptRejections) {
      const text = detail();
      this.rejected.push({
        file: this.file,
        line,
        fault,
        detail: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`,
      });
    }
  }

  /** Rejected rows by fault, in the order in which the faults first came. */
  faults(): readonly FaultCount[] {
    return [...this.#counts.values()];
  }
}
