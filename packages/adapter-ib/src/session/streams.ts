import type { Line } from '../line/line.js';

/** Begins a subscription on a line. @returns what ends it there, and tells TWS so if the line is still open */
export type StartStream = (line: Line) => () => void;

interface Stream {
  readonly start: StartStream;
  stop: (() => void) | undefined;
}

/** Subscriptions that outlive lines: each is begun again on the next line, and where TWS says that it has forgotten them. */
export class Streams {
  readonly #streams = new Set<Stream>();
  #line: Line | undefined;

  /**
   * Keeps a subscription going; begins it at once when there is a line.
   * @returns the way to end it for good
   */
  keep(start: StartStream): () => void {
    const stream: Stream = { start, stop: undefined };
    this.#streams.add(stream);
    if (this.#line?.isOpen) stream.stop = start(this.#line);
    return () => {
      if (this.#streams.delete(stream)) end(stream);
    };
  }

  /** Begins all of them, on a new line or again on this one. */
  begin(line: Line): void {
    this.#line = line;
    for (const stream of [...this.#streams]) {
      end(stream);
      // One may have been ended, or the line have broken, by another's beginning.
      if (this.#streams.has(stream) && line.isOpen) stream.stop = stream.start(line);
    }
  }

  /** Whether they were begun on this line. */
  isOn(line: Line | undefined): boolean {
    return line !== undefined && this.#line === line;
  }

  /** The line has gone. */
  suspend(): void {
    this.#line = undefined;
    for (const stream of this.#streams) end(stream);
  }
}

const end = (stream: Stream): void => {
  const { stop } = stream;
  stream.stop = undefined;
  stop?.();
};
