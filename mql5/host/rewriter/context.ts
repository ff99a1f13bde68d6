import type { Symbols } from './symbols.js';
import type { Token } from './token.js';

/** Where the rewriter is: what `__FUNCTION__` means, and which names are types. */
export interface Context {
  readonly symbols: Symbols;
  /** Class whose body or method this is. */
  readonly className: string | undefined;
  /** `CFoo::Bar` or `OnTick`, as __FUNCTION__ says it. */
  readonly functionName: string;
  /** The function's head as written, for __FUNCSIG__. */
  readonly signature: string;
  /** The class with those around it, as C++ names it from outside: `COuter::CInner`; '' outside. */
  readonly path: string;
  /**
   * Where bodies of methods go that stand inside their class: behind all declarations, since MQL5 lets them use
   * classes and variables further below. Undefined where they must stay: in templates and in classes of functions.
   */
  readonly bodies: Token[] | undefined;
  /** Counts the uses of __COUNTER__. */
  readonly counter: { next: number };
}
