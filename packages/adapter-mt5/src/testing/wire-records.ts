/** Fields of a record on the wire, as a test gives them. */
export type Wire = Readonly<Record<string, unknown>>;

/** 10 January 2024, 12:00 UTC; the server's clock is two hours ahead. */
export const NOW = Date.UTC(2024, 0, 10, 12);
/** How far the server's clock is ahead, ms. */
const AHEAD = 7_200_000;
/** {@link NOW} by the server's clock. */
export const SERVER_NOW = NOW + AHEAD;

/** A buy of one lot, as the EA tells it. */
export const wireDeal = (given: Wire): Wire => ({
  ticket: '40001',
  order: '50001',
  coid: null,
  position: '50001',
  symbol: 'EURUSD',
  type: 'buy',
  entry: 'in',
  volume: 1,
  price: 1.1,
  commission: 0,
  fee: 0,
  swap: 0,
  profit: 0,
  magic: '770000000001',
  reason: 'expert',
  comment: '',
  time: SERVER_NOW,
  ...given,
});

/** A buy limit of one lot that works, as the EA tells it. */
export const wireOrder = (given: Wire): Wire => ({
  ticket: '50001',
  coid: null,
  symbol: 'EURUSD',
  type: 'buy-limit',
  state: 'placed',
  volume: 1,
  left: 1,
  price: 1.09,
  stopLimit: null,
  sl: null,
  tp: null,
  magic: '770000000001',
  position: null,
  comment: '',
  reason: 'expert',
  setup: SERVER_NOW,
  done: null,
  tif: 'GTC',
  goodTill: null,
  ...given,
});

/** A long position of one lot, as the EA tells it. */
export const wirePosition = (given: Wire): Wire => ({
  ticket: '50001',
  id: '50001',
  coid: null,
  slCoid: null,
  tpCoid: null,
  symbol: 'EURUSD',
  side: 'buy',
  volume: 1,
  price: 1.1,
  sl: null,
  tp: null,
  swap: 0,
  profit: 0,
  magic: '770000000001',
  comment: '',
  time: SERVER_NOW,
  ...given,
});

/** The contract of EURUSD, as the EA tells it. */
export const wireSymbol = (given: Wire = {}): Wire => ({
  symbol: 'EURUSD',
  digits: 5,
  point: 0.00001,
  tickSize: 0.00001,
  tickValue: 1,
  contractSize: 100_000,
  volumeMin: 0.01,
  volumeMax: 100,
  volumeStep: 0.01,
  volumeLimit: 0,
  stopsLevel: 0,
  freezeLevel: 0,
  execution: 'market',
  filling: ['fok', 'ioc'],
  expiration: ['gtc', 'day', 'specified', 'specified-day'],
  orderModes: ['market', 'limit', 'stop', 'stop-limit', 'sl', 'tp', 'close-by'],
  tradeMode: 'full',
  calc: 'forex',
  base: 'EUR',
  profit: 'USD',
  margin: 'EUR',
  description: 'Euro vs US Dollar',
  path: 'Forex\\EURUSD',
  swapMode: 'points',
  swapLong: -5,
  swapShort: 1,
  swapRollover: 3,
  marginInitial: 0,
  marginMaintenance: 0,
  marginHedged: 0,
  bid: 1.1,
  ask: 1.1001,
  ...given,
});

/** What a result says when nothing else is wanted of it. */
export const wireResult = (given: Wire): Wire => ({
  outcome: 'accepted',
  code: 'DONE',
  retcode: 10_009,
  order: '50001',
  orders: null,
  deal: null,
  volume: 1,
  price: 1.1,
  detail: '',
  repeated: false,
  ...given,
});
