import type { Output } from '../io.js';

/** Characters that are collected before they are written: a write a line would be slow. */
const CHUNK = 65_536;

/** Writes many lines, no faster than the reader takes them. */
export class LineWriter {
  readonly #output: Output;
  #waiting = '';

  constructor(output: Output) {
    this.#output = output;
  }

  /** Adds a line. Ask {@link full} from time to time. */
  add(line: string): void {
    this.#waiting += `${line}\n`;
  }

  /** Whether {@link flush} should be awaited. */
  get full(): boolean {
    return this.#waiting.length >= CHUNK;
  }

  /** Writes what was added; resolves once the reader is ready for more. */
  async flush(): Promise<void> {
    if (this.#waiting === '') return;
    const text = this.#waiting;
    this.#waiting = '';
    if (this.#output.write(text)) return;
    await new Promise<void>((resolve) => {
      this.#output.once('drain', resolve);
    });
  }
}
