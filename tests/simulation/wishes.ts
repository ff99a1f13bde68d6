import type { Command, Draft, EntryOrder, Side } from '@mikrobot/core';
import type { Chance } from './chance.js';
import type { Market } from './market.js';

const PIP = 0.0001;

const confidenceOf = (chance: Chance): number => (chance.hit(0.9) ? 0.9 : chance.pick([0.7, 0.7, 0.3]));

/** A market order, or one that waits near the market. */
const orderOf = (
  chance: Chance,
  side: Side,
  { bid, ask, now }: { readonly bid: number; readonly ask: number; readonly now: number },
): EntryOrder | undefined => {
  const up = side === 'buy' ? 1 : -1;
  const touch = side === 'buy' ? ask : bid;
  const away = chance.between(0.5, 8) * PIP * up;
  const timeInForce = chance.pick(['GTC', 'GTC', 'GTC', 'IOC', 'FOK', 'GTD'] as const);
  const life =
    timeInForce === 'GTD' ? { timeInForce, goodTill: now + chance.between(1_000, 60_000) } : { timeInForce };
  switch (chance.whole(0, 7)) {
    case 0:
    case 1:
      return { type: 'limit', price: touch - away, ...life };
    case 2:
      return { type: 'stop', price: touch + away, timeInForce: 'GTC' };
    case 3:
      return { type: 'stop-limit', price: touch + away, limitPrice: touch + 2 * away, timeInForce: 'GTC' };
    default:
      return undefined;
  }
};

/** Protection of an entry: a stop, a trailing one, or none where the world has such entries. */
const protectionOf = (chance: Chance, side: Side, entry: number, stops: boolean): Partial<Draft> => {
  const up = side === 'buy' ? 1 : -1;
  const distance = chance.between(4, 40) * PIP;
  const target = chance.hit(0.5) ? { target: entry + up * chance.between(3, 40) * PIP } : {};
  if (!stops && chance.hit(0.3)) return target;
  if (chance.hit(0.15)) return { trail: distance, ...target };
  return { stop: entry - up * distance, ...target };
};

/** What a strategy knows when it wants something. */
export interface Situation {
  /** Lots of its ledger, signed. */
  readonly held: number;
  /** Sides on which it may enter: both, or only that of what it holds and waits for. */
  readonly sides: readonly Side[];
  /** Whether nothing of it waits to be entered, so that it may turn round. */
  readonly free: boolean;
  readonly now: number;
  readonly stops: boolean;
}

/** What a strategy wants next; undefined when it wants nothing. */
export const draftOf = (
  chance: Chance,
  market: Market,
  symbol: string,
  { held, sides, free, now, stops }: Situation,
): Draft | undefined => {
  const bid = market.bid(symbol);
  const ask = market.ask(symbol);
  const side = chance.pick(sides);
  const base = { symbol, confidence: confidenceOf(chance), reason: 'chance' };
  const quantity = chance.whole(1, 30) / 100;
  const wish = held === 0 ? chance.whole(0, 5) : chance.whole(0, 10);
  if (wish <= 4) {
    if (side === undefined) return undefined;
    const order = orderOf(chance, side, { bid, ask, now });
    const entry = order?.price ?? (side === 'buy' ? ask : bid);
    const protection = protectionOf(chance, side, entry, stops);
    return {
      ...base,
      intent: 'enter',
      side,
      quantity,
      ...(order === undefined ? {} : { order }),
      ...protection,
    };
  }
  if (wish === 5 || wish === 6) {
    if (!free) return undefined;
    const turned = held > 0 ? 'sell' : 'buy';
    const protection = protectionOf(chance, turned, turned === 'buy' ? ask : bid, stops);
    return { ...base, intent: 'reverse', side: turned, quantity, ...protection };
  }
  if (wish <= 8) return { ...base, intent: 'exit', ...(chance.hit(0.4) ? { quantity: 0.05 } : {}) };
  const up = held > 0 ? 1 : -1;
  const touch = held > 0 ? bid : ask;
  const change = chance.whole(0, 2);
  const distance = chance.between(2, 30) * PIP;
  if (change === 0) return { ...base, intent: 'adjust', stop: touch - up * distance };
  if (change === 1) return { ...base, intent: 'adjust', target: touch + up * distance };
  return { ...base, intent: 'adjust', trail: distance };
};

/** What a person says next. @param waiting - signals that are held */
export const commandOf = (chance: Chance, waiting: readonly string[]): Command => {
  const by = 'ann';
  const signal = waiting[0];
  if (signal !== undefined && chance.hit(0.7))
    return chance.hit(0.7) ? { do: 'approve', signal, by } : { do: 'reject', signal, by };
  switch (chance.whole(0, 7)) {
    case 0:
      return { do: 'pause', by };
    case 1:
      return { do: 'resume', by };
    case 2:
      return { do: 'halt', by, symbol: 'EURUSD' };
    case 3:
      return { do: 'release', by, symbol: 'EURUSD', reason: 'looked at' };
    case 4:
      return { do: 'flatten', by };
    case 5:
      return { do: 'cancel-all', by };
    case 6:
      return { do: 'kill', by, reason: 'enough' };
    default:
      return { do: 'release', by, reason: 'looked at' };
  }
};
