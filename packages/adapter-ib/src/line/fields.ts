/**
 * The fields of one message, read in order. It stands for the array that the library's decoder takes its fields from: shifting a long
 * array costs as much as its length each time, so that an answer of 100,000 fields would take seconds.
 */
export class Fields {
  #fields: readonly string[] = [];
  #at = 0;

  /** The decoder asks for it to see whether there is another field. */
  get length(): number {
    return this.#fields.length - this.#at;
  }

  /** Takes the next field; undefined behind the last. */
  shift(): string | undefined {
    return this.#fields[this.#at++];
  }

  /** Begins another message. */
  load(fields: readonly string[]): void {
    this.#fields = fields;
    this.#at = 0;
  }

  /** Whether nothing but empty fields is left. */
  get restIsBlank(): boolean {
    for (let i = this.#at; i < this.#fields.length; i++) if (this.#fields[i] !== '') return false;
    return true;
  }
}
