/** One number of a benchmark. `floor` is what the project promises, in the same unit. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  /** Whether more is better; else less is. */
  readonly more?: boolean;
}

/** A benchmark: runs in a process of its own and gives its figures. */
export interface Scenario {
  readonly name: string;
  run(): Promise<readonly Figure[]>;
}
