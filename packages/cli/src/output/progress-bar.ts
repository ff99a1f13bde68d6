import type { Output } from '../io.js';

/** How far a job is. Of `bytes`, those of the files on disk. */
export interface Progress {
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** Ms between two pictures: faster would only cost time. */
const REFRESH = 100;
const WIDTH = 24;

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const duration = (seconds: number): string => {
  const s = Math.max(0, Math.round(seconds));
  return s < 60 ? `${s} s` : `${Math.floor(s / 60)} min ${s % 60} s`;
};

/**
 * One picture of the bar.
 * @param seconds - since the job began
 */
export const drawProgress = ({ rows, bytes, totalBytes }: Progress, seconds: number): string => {
  const part = totalBytes > 0 ? Math.min(1, bytes / totalBytes) : 0;
  const filled = Math.round(part * WIDTH);
  const bar = `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}]`;
  const rate = seconds > 0 ? `${whole.format(rows / seconds)} rows/s` : '';
  const left = part > 0 && part < 1 ? `${duration((seconds * (1 - part)) / part)} left` : '';
  return [
    bar,
    `${Math.floor(part * 100)} %`.padStart(5),
    `${megabytes(bytes)} of ${megabytes(totalBytes)}`,
    `${whole.format(rows)} rows`,
    rate,
    left,
  ]
    .filter((text) => text !== '')
    .join('  ');
};

/** A line that is drawn over and over on a terminal. Anywhere else nothing is written. */
export class ProgressBar {
  readonly #output: Output;
  readonly #now: () => number;
  readonly #began: number;
  #next = 0;
  #drawn = false;

  /** @param now - ms */
  constructor(output: Output, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
    this.#began = now();
  }

  /** Listens to a feed. */
  readonly update = (progress: Progress): void => {
    if (this.#output.isTTY !== true) return;
    const now = this.#now();
    if (now < this.#next) return;
    this.#next = now + REFRESH;
    this.#drawn = true;
    const line = drawProgress(progress, (now - this.#began) / 1000);
    // A line that wraps could not be drawn over.
    this.#output.write(`\r\u001b[K${line.slice(0, Math.max(1, (this.#output.columns ?? 80) - 1))}`);
  };

  /** Takes the line away. */
  end(): void {
    if (this.#drawn) this.#output.write('\r\u001b[K');
    this.#drawn = false;
  }
}
