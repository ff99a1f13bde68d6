/** Lines that a process prints, and those who wait for one. */
export class Output {
  readonly #lines: string[] = [];
  readonly #waiting = new Set<{ match: (line: string) => boolean; resolve: (line: string) => void }>();
  #rest = '';

  /** Every line so far. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Takes the next piece of text, which may end in the middle of a line. */
  push(text: string): void {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop() ?? '';
    for (const line of parts) this.#add(line);
  }

  /** What stands after the last line's end counts as a line too. */
  end(): void {
    if (this.#rest !== '') this.#add(this.#rest);
    this.#rest = '';
  }

  #add(line: string): void {
    this.#lines.push(line);
    for (const waiting of this.#waiting) {
      if (!waiting.match(line)) continue;
      this.#waiting.delete(waiting);
      waiting.resolve(line);
    }
  }

  /** The first line, printed already or to come, that holds the text or fits the pattern. */
  waitFor(wanted: string | RegExp): Promise<string> {
    const match = (line: string) => (typeof wanted === 'string' ? line.includes(wanted) : wanted.test(line));
    const printed = this.#lines.find(match);
    if (printed !== undefined) return Promise.resolve(printed);
    return new Promise((resolve) => this.#waiting.add({ match, resolve }));
  }
}
