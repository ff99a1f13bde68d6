/** Reads the fields of one message in order. A field that is missing reads as an empty one, as TWS is lenient there. */
export class FieldReader {
  readonly #fields: readonly string[];
  #at = 0;

  constructor(fields: readonly string[]) {
    this.#fields = fields;
  }

  /** How many fields are left. */
  get left(): number {
    return this.#fields.length - this.#at;
  }

  string(): string {
    return this.#fields[this.#at++] ?? '';
  }

  /** 0 where it is empty or no number. */
  integer(): number {
    const value = Number.parseInt(this.string(), 10);
    return Number.isNaN(value) ? 0 : value;
  }

  /** 0 where it is empty or no number. */
  double(): number {
    return this.optional() ?? 0;
  }

  /** Undefined where it is empty, no number, or said not to be set. */
  optional(): number | undefined {
    const text = this.string();
    const value = text === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) && Math.abs(value) < 1e300 ? value : undefined;
  }

  boolean(): boolean {
    return this.integer() !== 0;
  }

  /** Passes fields by. */
  skip(count: number): void {
    this.#at += count;
  }
}
