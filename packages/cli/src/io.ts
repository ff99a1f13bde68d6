/** Where a command writes. Node's `process.stdout` is one. */
export interface Output {
  /** Returns false when the reader is slower: wait for `drain` before writing on. */
  write(text: string): boolean;
  once(event: 'drain', listener: () => void): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** What a command may touch of its process. */
export interface Io {
  /** Results. */
  readonly out: Output;
  /** Errors, warnings and progress. */
  readonly err: Output;
}

/** Writes one line of text. */
export const say = (output: Output, line = ''): void => {
  output.write(`${line}\n`);
};
