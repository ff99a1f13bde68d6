import {
  type Book,
  type Draft,
  defineStrategy,
  type Random,
  type RiskPolicy,
  type StrategyContext,
} from '@mikrobot/core';
import { filter, map, type Observable } from 'rxjs';
import { TICKS_IN_PIP } from './venue/market.js';

/** Lets strategies trade or not, so that the judge finds a moment of rest. */
export interface Gate {
  open: boolean;
}

/** What a strategy of the kill test needs beside its context. */
export interface TraderParts {
  readonly name: string;
  readonly random: Random;
  readonly gate: Gate;
  /** Ticks of ten on which it wants something. */
  readonly eagerness: number;
  /** The least that is traded, lots. */
  readonly unit: number;
  /** Whether it may be short, and turn. */
  readonly shorts: boolean;
  readonly owner: string;
  /** The book of its bot. */
  readonly book: () => Book;
  /** Cancels the entries of the owner: strategies have no word for it. */
  readonly cancel: (owner: string) => void;
}

/** Wants a lot of everything, at random: what matters is what becomes of it when the process dies. */
const want = (context: StrategyContext, parts: TraderParts): Draft | undefined => {
  const { random, owner, book, cancel } = parts;
  const { signal, instrument, position, quote, symbol } = context;
  if (!parts.gate.open || quote === undefined || random() > parts.eagerness / 10) return undefined;
  const pips = (from: number, to: number): number =>
    (from + (to - from) * random()) * TICKS_IN_PIP * instrument.tickSize;
  const units = (n: number): number => n / Math.round(1 / parts.unit);
  const quantity = units(2 + Math.floor(random() * 9));
  const side = random() < 0.5 || !parts.shorts ? 'buy' : 'sell';
  const sign = side === 'buy' ? 1 : -1;
  const price = side === 'buy' ? quote.ask : quote.bid;
  const enter = side === 'buy' ? signal.buy : signal.sell;
  const guarded = (at: number) => ({
    quantity,
    confidence: 1,
    stop: at - sign * pips(4, 12),
    target: at + sign * pips(4, 20),
  });
  const dice = random();
  // An entry that still waits may be of the other side: the judge wants every stop to be of its position's side.
  if (book().pending(symbol, owner) !== 0 && (position.flat || dice >= 0.7)) {
    if (random() < 0.3) cancel(owner);
    return undefined;
  }
  if (position.flat) {
    if (dice < 0.5) return enter(guarded(price));
    if (dice < 0.7) {
      const at = price - sign * pips(0.5, 3);
      return enter({ ...guarded(at), order: { type: 'limit', price: at } });
    }
    if (dice < 0.77) {
      const at = price + sign * pips(1, 3);
      return enter({ ...guarded(at), order: { type: 'stop', price: at } });
    }
    if (dice < 0.92) return enter({ ...guarded(price), tags: { ask: 1 } });
    return enter({ quantity, confidence: 1, trail: pips(4, 10) });
  }
  if (dice < 0.35) {
    const [stop] = book().stops(symbol, owner);
    const market = position.long ? quote.bid : quote.ask;
    return stop === undefined ? undefined : signal.adjust({ stop: stop + (market - stop) * 0.2 });
  }
  if (dice < 0.5) return signal.exit({ quantity: units(1), confidence: 1 });
  if (dice < 0.7) return signal.exit({ confidence: 1 });
  if (dice < 0.85 && parts.shorts) {
    const other = position.long ? 'sell' : 'buy';
    const turn = position.long ? -1 : 1;
    const at = position.long ? quote.bid : quote.ask;
    return signal.reverse(other, {
      quantity,
      confidence: 1,
      stop: at - turn * pips(4, 12),
      target: at + turn * pips(4, 20),
    });
  }
  // A second bracket beside the first.
  const along = position.long ? 1 : -1;
  const at = position.long ? quote.ask : quote.bid;
  const more = { quantity, confidence: 1, stop: at - along * pips(4, 12), target: at + along * pips(4, 20) };
  return Math.abs(position.quantity) > units(30)
    ? undefined
    : position.long
      ? signal.buy(more)
      : signal.sell(more);
};

/** A strategy that enters by every type of order, moves stops, exits in parts, reverses and cancels. */
export const trader = (parts: TraderParts) =>
  defineStrategy({
    name: parts.name,
    timeframes: () => [],
    signals: (context): Observable<Draft> =>
      context.ticks$.pipe(
        map(() => want(context, parts)),
        filter((draft) => draft !== undefined),
      ),
  });

/** Holds the entries that are tagged so. @param hold - ms that a person has */
export const asksFirst = (hold: number): RiskPolicy => ({
  name: 'asksFirst',
  judge: (_order, signal) =>
    signal.tags?.ask === undefined ? undefined : { code: 'ASK', limit: 'a person', actual: 'tagged', hold },
});
