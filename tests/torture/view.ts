import type { Bot } from '@mikrobot/core';

/** An order that the bot believes to work. */
export interface ViewedOrder {
  readonly id: string;
  readonly state: string;
  readonly filled: number;
}

/** What a bot believes. */
export interface View {
  readonly state: string;
  /** Number of the venue's last order event that it saw. */
  readonly seen: number;
  readonly inFlight: boolean;
  /** Signed lots by `owner|symbol`. */
  readonly ledgers: Readonly<Record<string, number>>;
  /** Signed lots by symbol. */
  readonly net: Readonly<Record<string, number>>;
  /** Where it wants its stops, by `owner|symbol`. */
  readonly stops: Readonly<Record<string, readonly number[]>>;
  readonly working: readonly ViewedOrder[];
  readonly waiting: readonly string[];
  readonly halted: string | undefined;
  readonly counts: Readonly<Record<string, number>>;
  /** What it complained of, the last first. */
  readonly issues: readonly string[];
}

/** Reads a bot's books. @param seen - number of the last order event of the venue */
export const viewOf = (bot: Bot, seen: number, issues: readonly string[]): View => {
  const { book, desk } = bot;
  const ledgers: Record<string, number> = {};
  const net: Record<string, number> = {};
  const stops: Record<string, readonly number[]> = {};
  for (const symbol of new Set(bot.runs.map((run) => run.symbol))) {
    const { quantity } = book.position(symbol);
    if (quantity !== 0) net[symbol] = quantity;
    for (const { owner, position } of book.owners(symbol)) {
      ledgers[`${owner}|${symbol}`] = position.quantity;
      stops[`${owner}|${symbol}`] = book.stops(symbol, owner);
    }
  }
  return {
    state: bot.state,
    seen,
    inFlight: desk.orders.inFlight,
    ledgers,
    net,
    stops,
    working: [...desk.orders.working()].map(({ request, state, filled }) => ({
      id: request.id,
      state,
      filled,
    })),
    waiting: bot.waiting.map(({ signal }) => signal.id),
    halted: book.halted,
    counts: bot.counts,
    issues: issues.slice(-20).reverse(),
  };
};
