import {
  type AccountState,
  type CommandOutcome,
  defineInstrument,
  type FillEvent,
  type Instrument,
  type InstrumentInput,
  type OrderEvent,
  type OrderRequest,
  seededRandom,
} from '@mikrobot/core';
import type { AccountOptions } from '../account.js';
import { type CostModel, resolveCosts } from '../costs/cost-model.js';
import { MatchingEngine } from '../engine.js';
import { type TickKind, tickKinds } from '../matcher.js';

/** A Wednesday in winter, 12:00 UTC. */
export const T0 = Date.UTC(2024, 0, 10, 12);

const pair = (symbol: string, pipSize: number, more: Partial<InstrumentInput> = {}): Instrument =>
  defineInstrument({
    symbol,
    assetClass: 'forex',
    currency: symbol.slice(3),
    contractSize: 100_000,
    tickSize: pipSize / 10,
    pipSize,
    quantityStep: 0.01,
    minQuantity: 0.01,
    maxQuantity: 100,
    marginRate: 0,
    ...more,
  });

export const EURUSD = pair('EURUSD', 0.0001);
export const USDJPY = pair('USDJPY', 0.01);
export const EURJPY = pair('EURJPY', 0.01);
export { pair };

/** A share: one unit a lot, whole lots. */
export const AAPL = defineInstrument({
  symbol: 'AAPL',
  assetClass: 'stock',
  currency: 'USD',
  contractSize: 1,
  tickSize: 0.01,
  pipSize: 0.01,
  quantityStep: 1,
  minQuantity: 1,
  maxQuantity: 100_000,
});

export interface VenueOptions extends Partial<AccountOptions> {
  readonly instruments?: readonly Instrument[];
  readonly costs?: Partial<CostModel>;
  readonly seed?: number;
}

/** An engine without costs but those given, and everything it told. Ticks are spread over seconds from {@link T0}. */
export const makeVenue = ({
  instruments = [EURUSD],
  costs = {},
  seed = 1,
  ...account
}: VenueOptions = {}) => {
  const events: OrderEvent[] = [];
  const accounts: AccountState[] = [];
  let onEvent: ((event: OrderEvent) => void) | undefined;
  const engine = new MatchingEngine({
    instruments,
    account: {
      id: 'test',
      currency: 'USD',
      balance: '10000',
      mode: 'netting',
      leverage: 30,
      stopOut: 0.5,
      ...account,
    },
    costs: { ...resolveCosts('none'), ...costs },
    random: seededRandom(seed),
    emit: (event) => {
      events.push(event);
      onEvent?.(event);
    },
    onAccount: (state) => accounts.push(state),
  });
  let now = T0;
  let orders = 0;
  const quote = { bid: Number.NaN, ask: Number.NaN };
  const reduceOnly: string[] = [];
  return {
    /** The last quote that was told. */
    quote,
    /** Ids of the orders that may only reduce. */
    reduceOnly,
    /** Lets time pass before the next quote. */
    wait(ms: number): void {
      now += ms;
    },
    engine,
    events,
    accounts,
    get now() {
      return now;
    },
    /** Calls back from inside every event. */
    listen(listener: (event: OrderEvent) => void): void {
      onEvent = listener;
    },
    /** A quote one second later. */
    tick(
      bid: number,
      ask: number,
      { symbol = instruments[0]!.symbol, volume = 0, kind = tickKinds.QUOTE as TickKind } = {},
    ) {
      now += 1_000;
      quote.bid = bid;
      quote.ask = ask;
      engine.tick(engine.indexOf(symbol), now, bid, ask, volume, kind);
    },
    /** A quote at a given time. */
    tickAt(time: number, bid: number, ask: number, symbol = instruments[0]!.symbol) {
      now = time;
      engine.tick(engine.indexOf(symbol), now, bid, ask, 0);
    },
    submit(order: Partial<OrderRequest>): CommandOutcome {
      orders += 1;
      const whole = request({ id: `o${orders}`, symbol: instruments[0]!.symbol, ...order });
      if (whole.reduceOnly) reduceOnly.push(whole.id);
      return engine.submit(whole, now);
    },
    amend(id: string, order: Partial<OrderRequest>): CommandOutcome {
      const symbol = instruments[0]!.symbol;
      return engine.amend(request({ id, symbol, ...order }), { id, symbol }, now);
    },
    cancel(id: string): CommandOutcome {
      return engine.cancel({ id, symbol: instruments[0]!.symbol }, now);
    },
    fills(id?: string): readonly FillEvent[] {
      return events.filter((e): e is FillEvent => e.type === 'fill' && (id === undefined || e.id === id));
    },
    /** What happened to an order, as words. */
    story(id: string): readonly string[] {
      return events.filter((e) => e.id === id).map((e) => e.type);
    },
    /** Net lots of the first instrument. */
    position(): number {
      return engine
        .snapshot(now)
        .positions.filter((p) => p.symbol === instruments[0]!.symbol)
        .reduce((sum, p) => sum + p.quantity, 0);
    },
    working(): readonly string[] {
      return engine.snapshot(now).orders.map((o) => `${o.id} ${o.quantity} @ ${o.price ?? 'market'}`);
    },
  };
};

export type Venue = ReturnType<typeof makeVenue>;

/** A market order to buy one lot, with what differs. */
const request = (order: Partial<OrderRequest>): OrderRequest => ({
  id: 'o',
  symbol: 'EURUSD',
  owner: 'run',
  purpose: 'enter',
  side: 'buy',
  quantity: 1,
  type: 'market',
  price: undefined,
  limitPrice: undefined,
  trail: undefined,
  timeInForce: 'GTC',
  goodTill: undefined,
  bracket: undefined,
  reduceOnly: false,
  ...order,
});

/** A bracket, with what is left out undefined. */
export const bracket = (of: { stop?: number; target?: number; trail?: number }) => ({
  stop: of.stop,
  target: of.target,
  trail: of.trail,
});
