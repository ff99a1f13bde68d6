import type { Symbols } from './symbols.js';

/** Where the rewriter is: what `__FUNCTION__` means, and which names are types. */
export interface Context {
  readonly symbols: Symbols;
  /** Class whose body or method this is. */
  readonly className: string | undefined;
  /** `CFoo::Bar` or `OnTick`, as __FUNCTION__ says it. */
  readonly functionName: string;
  /** The function's head as written, for __FUNCSIG__. */
  readonly signature: string;
  /** Counts the uses of __COUNTER__. */
  readonly counter: { next: number };
}
