import { StringDecoder } from 'node:string_decoder';

/** Longest line that is taken, characters. */
const LONGEST = 65_536;

/** Cuts what comes from a socket into lines. */
export class LineReader {
  readonly #take: (line: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  constructor(take: (line: string) => void) {
    this.#take = take;
  }

  /** @returns false when a line is too long, and nothing more can be read */
  push(chunk: Buffer): boolean {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.length > LONGEST) return false;
      this.#take(line.endsWith('\r') ? line.slice(0, -1) : line);
    }
    return this.#rest.length <= LONGEST;
  }
}
