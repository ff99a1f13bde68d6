/** What is halted: everything, a symbol, an owner (run or person), or one owner's trading of one symbol. */
export interface HaltScope {
  readonly symbol?: string | undefined;
  readonly owner?: string | undefined;
}

/** Whether an order of this owner and symbol is within the scope. */
export const within = (scope: HaltScope, symbol: string, owner: string): boolean =>
  (scope.symbol === undefined || scope.symbol === symbol) &&
  (scope.owner === undefined || scope.owner === owner);

/** One halt in force. */
export interface Halt {
  readonly scope: HaltScope;
  readonly why: string;
  readonly closing: boolean;
}

/** The halts in force, each by its scope. */
export class Halts {
  readonly #halts: Halt[] = [];

  list(): readonly Halt[] {
    return [...this.#halts];
  }

  /** Why everything is halted. */
  get global(): string | undefined {
    return this.#halts.find(({ scope }) => scope.symbol === undefined && scope.owner === undefined)?.why;
  }

  /** Why an owner's trading of a symbol is halted. */
  of(symbol: string, owner: string): string | undefined {
    if (this.#halts.length === 0) return undefined;
    return this.#halts.find(({ scope }) => within(scope, symbol, owner))?.why;
  }

  /** Whether what still fills in this scope is to be closed again. */
  closing(symbol: string, owner: string): boolean {
    return this.#halts.some(({ scope, closing }) => closing && within(scope, symbol, owner));
  }

  /** Whether exactly this scope is halted. */
  has({ symbol, owner }: HaltScope): boolean {
    return this.#halts.some(({ scope }) => scope.symbol === symbol && scope.owner === owner);
  }

  /** A second halt of the same scope tells the newer reason; what was closing stays so. */
  add({ symbol, owner }: HaltScope, why: string, closing: boolean): void {
    const scope = { symbol, owner };
    const before = this.remove(scope);
    this.#halts.push({ scope, why, closing: closing || before?.closing === true });
  }

  /** Ends the halt of exactly this scope. */
  remove({ symbol, owner }: HaltScope): Halt | undefined {
    const at = this.#halts.findIndex(({ scope }) => scope.symbol === symbol && scope.owner === owner);
    return at < 0 ? undefined : this.#halts.splice(at, 1)[0];
  }
}
