import type { OrderRequest, OrderType, TimeInForce } from '@mikrobot/core';
import fc from 'fast-check';
import { bracket, EURUSD, makeVenue, USDJPY, type Venue, type VenueOptions } from './venue.js';

/** One thing that happens to a venue in a random run. Distances are in pips from the present mid. */
export type Step =
  | {
      readonly do: 'tick';
      readonly symbol: number;
      readonly move: number;
      readonly spread: number;
      readonly volume: number;
      readonly wait: number;
    }
  | { readonly do: 'submit'; readonly symbol: number; readonly order: Placing }
  | { readonly do: 'amend'; readonly which: number; readonly pips: number }
  | { readonly do: 'cancel'; readonly which: number };

interface Placing {
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly buys: boolean;
  readonly owner: string;
  readonly lots: number;
  readonly pips: number;
  readonly bracketPips: number;
  readonly reduceOnly: boolean;
}

const symbol = fc.nat(1);
const tick = fc.record({
  do: fc.constant('tick' as const),
  symbol,
  move: fc.integer({ min: -60, max: 60 }),
  spread: fc.integer({ min: 0, max: 3 }),
  volume: fc.integer({ min: 0, max: 8 }),
  wait: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.constant(9 * 3_600_000)),
});
const submit = fc.record({
  do: fc.constant('submit' as const),
  symbol,
  order: fc.record({
    type: fc.constantFrom<OrderType>('market', 'limit', 'stop', 'stop-limit', 'trailing-stop'),
    timeInForce: fc.constantFrom<TimeInForce>('GTC', 'GTC', 'DAY', 'GTD', 'IOC', 'FOK'),
    buys: fc.boolean(),
    owner: fc.constantFrom('one', 'two'),
    lots: fc.integer({ min: 1, max: 60 }),
    pips: fc.integer({ min: -50, max: 50 }),
    bracketPips: fc.integer({ min: -10, max: 60 }),
    reduceOnly: fc.boolean(),
  }),
});
const amend = fc.record({
  do: fc.constant('amend' as const),
  which: fc.nat(30),
  pips: fc.integer({ min: -50, max: 50 }),
});
const cancel = fc.record({ do: fc.constant('cancel' as const), which: fc.nat(30) });

/** Random markets and orders, ticks mostly. */
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: tick },
    { weight: 3, arbitrary: submit },
    amend,
    cancel,
  ) as fc.Arbitrary<Step>,
  { minLength: 40, maxLength: 160, size: 'max' },
);

const instruments = [EURUSD, USDJPY];

/** Plays steps on a fresh venue. `after` looks at it after each. */
export const play = (
  script: readonly Step[],
  options: VenueOptions,
  after: (venue: Venue, step: Step) => void = () => {},
): Venue => {
  const venue = makeVenue({ instruments, balance: '2000', ...options });
  const mids = [1.1, 150];
  venue.tick(150, 150.01, { symbol: 'USDJPY' });
  venue.tick(1.1, 1.1001);
  const at = (index: number, pips: number): number => {
    const { pipSize, priceDecimals } = instruments[index]!;
    return Number((mids[index]! + pips * pipSize).toFixed(priceDecimals));
  };
  for (const step of script) {
    if (step.do === 'tick') {
      mids[step.symbol] = Math.max(at(step.symbol, step.move), instruments[step.symbol]!.pipSize * 100);
      const [bid, ask] = [at(step.symbol, 0), at(step.symbol, step.spread)];
      venue.wait(step.wait);
      venue.tick(bid, ask, { symbol: instruments[step.symbol]!.symbol, volume: step.volume });
    } else if (step.do === 'submit') venue.submit(placing(step.symbol, step.order, at, venue.now));
    else {
      const orders = venue.engine.snapshot(venue.now).orders;
      const order = orders[step.which % Math.max(1, orders.length)];
      if (order !== undefined && step.do === 'cancel') venue.cancel(order.id);
      if (order !== undefined && step.do === 'amend') {
        const index = order.symbol === 'USDJPY' ? 1 : 0;
        const price = order.type === 'market' ? undefined : at(index, step.pips);
        venue.amend(order.id, {
          type: order.type,
          price,
          limitPrice: price,
          trail: 0.05,
          quantity: order.quantity,
        });
      }
    }
    after(venue, step);
  }
  return venue;
};

const placing = (
  index: number,
  { type, timeInForce, buys, owner, lots, pips, bracketPips, reduceOnly }: Placing,
  at: (index: number, pips: number) => number,
  now: number,
): Partial<OrderRequest> => {
  const reference = type === 'market' ? 0 : pips;
  const away = (buys ? -1 : 1) * (bracketPips + 4);
  return {
    symbol: instruments[index]!.symbol,
    type,
    timeInForce,
    owner,
    side: buys ? 'buy' : 'sell',
    quantity: lots / 100,
    purpose: reduceOnly ? 'reduce' : 'enter',
    reduceOnly,
    price: type === 'market' ? undefined : at(index, pips),
    limitPrice: type === 'stop-limit' ? at(index, pips + 3) : undefined,
    trail: type === 'trailing-stop' ? instruments[index]!.pipSize * 12 : undefined,
    goodTill: timeInForce === 'GTD' ? now + 60_000 : undefined,
    bracket:
      reduceOnly || bracketPips < 0
        ? undefined
        : bracket({ stop: at(index, reference + away), target: at(index, reference - away) }),
  };
};
