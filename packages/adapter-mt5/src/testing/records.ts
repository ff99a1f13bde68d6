/** A deal as an EA writes it. @param change - fields that are another than usual */
export const wireDeal = (ticket: number | string, change: object = {}): object => ({
  ticket: String(ticket),
  order: '7',
  coid: 'a-1-e',
  position: '7',
  symbol: 'EURUSD',
  type: 'buy',
  entry: 'in',
  volume: 0.1,
  price: 1.09503,
  commission: -0.35,
  fee: 0,
  swap: 0,
  profit: 0,
  magic: '770000000001',
  reason: 'expert',
  comment: 'a-1-e',
  time: 1_704_895_200_000,
  ...change,
});

/** An order as an EA writes it. */
export const wireOrder = (ticket: number | string, change: object = {}): object => ({
  ticket: String(ticket),
  coid: 'a-1-e',
  symbol: 'EURUSD',
  type: 'buy-limit',
  state: 'placed',
  volume: 0.1,
  left: 0.1,
  price: 1.09,
  stopLimit: null,
  sl: 1.08,
  tp: null,
  magic: '770000000001',
  position: null,
  comment: 'a-1-e',
  reason: 'expert',
  setup: 1_704_895_200_000,
  done: null,
  tif: 'GTC',
  goodTill: null,
  ...change,
});

/** A position as an EA writes it. */
export const wirePosition = (ticket: number | string, change: object = {}): object => ({
  ticket: String(ticket),
  id: String(ticket),
  coid: 'a-1-e',
  slCoid: null,
  tpCoid: null,
  symbol: 'EURUSD',
  side: 'buy',
  volume: 0.1,
  price: 1.09503,
  sl: 1.08,
  tp: null,
  swap: 0,
  profit: 1.5,
  magic: '770000000001',
  comment: 'a-1-e',
  time: 1_704_895_200_000,
  ...change,
});

/** Figures of an account as an EA writes them. */
export const wireAccount = {
  balance: 10_000,
  credit: 0,
  equity: 10_001.5,
  margin: 365.01,
  freeMargin: 9_636.49,
  profit: 1.5,
  tradeAllowed: true,
};
