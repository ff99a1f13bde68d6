import {
  type AccountState,
  type Book,
  defineInstrument,
  flatPosition,
  type Instrument,
  type InstrumentInput,
  type OrderDraft,
  type PendingEntry,
  type Position,
  type Quote,
  type Signal,
} from '@mikrobot/core';

/** When samples happen: a Tuesday, 2023-11-14 22:13:20 UTC. */
export const MOMENT = 1_700_000_000_000;

/** EURUSD as most brokers specify it, with some fields changed. */
export const instrumentWith = (over: Partial<InstrumentInput> = {}): Instrument =>
  defineInstrument({
    symbol: 'EURUSD',
    assetClass: 'forex',
    currency: 'USD',
    contractSize: 100_000,
    tickSize: 0.00001,
    pipSize: 0.0001,
    quantityStep: 0.01,
    minQuantity: 0.01,
    maxQuantity: 50,
    ...over,
  });

export const eurusd = instrumentWith();
export const usdjpy = instrumentWith({ symbol: 'USDJPY', currency: 'JPY', tickSize: 0.001, pipSize: 0.01 });

/** An account of 10,000 USD, with some fields changed. */
const accountWith = (over: Partial<AccountState> = {}): AccountState => ({
  id: 'T1',
  currency: 'USD',
  mode: 'netting',
  live: false,
  balance: 10_000,
  equity: 10_000,
  margin: 0,
  leverage: 30,
  ...over,
});

/** What a test says of the present; everything else is empty. */
export interface Present {
  readonly now?: number;
  readonly account?: Partial<AccountState>;
  readonly instruments?: readonly Instrument[];
  /** Bid and ask by symbol. EURUSD is 1.1 / 1.1001 unless named. */
  readonly quotes?: Readonly<Record<string, readonly [bid: number, ask: number]>>;
  /** Positions by ledger; the net is their sum. */
  readonly positions?: readonly (Partial<Position> & {
    readonly symbol: string;
    readonly quantity: number;
    readonly owner?: string;
  })[];
  /** At the market unless a price is named. */
  readonly entries?: readonly (Omit<PendingEntry, 'price'> & { readonly price?: number })[];
  /** By `owner symbol`. */
  readonly stops?: Readonly<Record<string, readonly number[]>>;
  /** By `FROMTO`, as in `JPYUSD`. The rate of a currency to itself is 1, others are unknown. */
  readonly rates?: Readonly<Record<string, number>>;
  readonly unpriced?: readonly string[];
}

/** The ledger that positions belong to when a test names none. */
export const OWNER = 'test:EURUSD';

const sum = (numbers: readonly number[]): number => Number(numbers.reduce((a, b) => a + b, 0).toFixed(8));

/** A book with exactly this in it. */
export const bookWith = (present: Present = {}): Book => {
  const { now = MOMENT, instruments = [eurusd, usdjpy], positions = [], rates = {} } = present;
  const entries = (present.entries ?? []).map((entry) => ({ price: undefined, ...entry }));
  const quotes = { EURUSD: [1.1, 1.1001] as const, ...present.quotes };
  const ledgers = positions.map(({ owner = OWNER, ...position }) => ({
    owner,
    position: { averagePrice: 1.1, since: now, ...position },
  }));
  const of = (symbol: string, owner?: string): readonly Position[] =>
    ledgers
      .filter((l) => l.position.symbol === symbol && (owner === undefined || l.owner === owner))
      .map((l) => l.position);
  return {
    now: () => now,
    instrument: (symbol) => instruments.find((i) => i.symbol === symbol),
    quote: (symbol): Quote | undefined => {
      const quote = (quotes as Present['quotes'])?.[symbol];
      return quote === undefined ? undefined : { time: now, bid: quote[0], ask: quote[1] };
    },
    position(symbol, owner) {
      const held = of(symbol, owner);
      const [first] = held;
      if (first === undefined) return flatPosition(symbol);
      return { ...first, quantity: sum(held.map((p) => p.quantity)) };
    },
    owners: (symbol) => ledgers.filter((l) => l.position.symbol === symbol),
    pending: (symbol, owner) =>
      sum(
        entries
          .filter((e) => e.symbol === symbol && (owner === undefined || e.owner === owner))
          .map((e) => e.quantity),
      ),
    entries: () => entries,
    stops: (symbol, owner) => present.stops?.[`${owner} ${symbol}`] ?? [],
    exposed: () => [...new Set([...ledgers.map((l) => l.position.symbol), ...entries.map((e) => e.symbol)])],
    rate: (from, to) => (from === to ? 1 : rates[from + to]),
    account: () => accountWith(present.account),
    unpriced: () => present.unpriced ?? [],
    halted: undefined,
    haltOf: () => undefined,
  };
};

/** A long entry without a size, stopped 100 pips below a quote of 1.1 / 1.1001, with some fields changed. */
export const signalWith = (over: Partial<Signal> = {}): Signal => ({
  kind: 'signal',
  id: 'mem0-0abc-1',
  source: OWNER,
  origin: 'strategy',
  time: MOMENT,
  symbol: 'EURUSD',
  intent: 'enter',
  side: 'buy',
  quantity: undefined,
  order: undefined,
  stop: 1.0901,
  target: 1.12,
  trail: undefined,
  confidence: 0.9,
  reason: '',
  priority: 'normal',
  tags: undefined,
  quote: { time: MOMENT, bid: 1.1, ask: 1.1001 },
  rate: 1,
  account: { currency: 'USD', balance: 10_000, equity: 10_000 },
  approval: undefined,
  ...over,
});

/** The order that the signal asks for, as a policy is shown it, with some fields changed. */
export const draftOf = (signal: Signal, over: Partial<OrderDraft> = {}): OrderDraft => ({
  symbol: signal.symbol,
  purpose: 'enter',
  side: signal.side ?? 'buy',
  quantity: signal.quantity ?? Number.POSITIVE_INFINITY,
  price: signal.order?.price ?? (signal.side === 'sell' ? signal.quote.bid : signal.quote.ask),
  stop: signal.stop,
  target: signal.target,
  ...over,
});
